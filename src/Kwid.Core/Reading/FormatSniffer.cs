using System.Text.RegularExpressions;

namespace Kwid.Core.Reading;

/// <summary>Says what a body is by its bytes; Content-Type headers are too often wrong to decide anything.</summary>
internal static partial class FormatSniffer
{
    /// <summary>How far into a body a feed may begin when something else stands before it (warnings of a PHP page, banners), in characters.</summary>
    private const int MostJunk = 16_384;

    /// <summary>What stands for the root of a JSON Feed.</summary>
    public const string JsonFeed = "json";

    /// <summary>What stands for the root of a CSAF document.</summary>
    public const string Csaf = "csaf";

    /// <summary>What stands for the root of a catalogue of CVEs, in JSON or as a table.</summary>
    public const string Catalogue = "catalogue";

    /// <summary>The root of a web page.</summary>
    public const string Html = "html";

    private static readonly (byte[] Magic, string Found)[] Binaries =
    [
        ([0x1F, 0x8B], "gzip data that the server did not declare"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
        ([0x25, 0x50, 0x44, 0x46], "a PDF document"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        ([0x47, 0x49, 0x46, 0x38], "a GIF picture"),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd data that the server did not declare"),
        ([0x42, 0x5A, 0x68], "bzip2 data"),
    ];

    /// <summary>What keeps the bytes from being text at all; null when nothing does.</summary>
    public static string? FindObstacle(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty) return "an empty body";
        foreach (var (magic, found) in Binaries)
            if (body.StartsWith(magic)) return found;
        return null;
    }

    /// <summary>Finds the root element, or describes what stands in its place.</summary>
    public static SniffedBody Sniff(DecodedText text)
    {
        var start = SkipBlank(text, 0);
        if (start == text.Length) return At(text, 0, "an empty body");
        if (text[start] is '{' or '[')
            return IsJsonFeed(text, start) ? At(text, start, "a JSON Feed", JsonFeed) : IsCsaf(text, start) ? At(text, start, "a CSAF document", Csaf)
                : IsCatalogue(text, start) ? At(text, start, "a catalogue of CVEs", Catalogue) : At(text, start, "JSON");
        if (TableStart().IsMatch(text.AsSpan(start, Math.Min(text.Length - start, 1024)))) return At(text, start, "a catalogue of CVEs", Catalogue);
        if (FindTag(text, start, text.Length, _ => true) is not { } first) return At(text, start, DescribeText(text, start));
        if (IsFeed(first.Name)) return Describe(text, start, first.Name);
        var late = FindTag(text, start, start + MostJunk, name => IsFeed(name) || name == Html);
        if (late is { } found && found.Name != Html) return Describe(text, found.At, found.Name);
        var isPage = late is not null || HtmlStart().IsMatch(text.AsSpan(start, Math.Min(text.Length - start, 1024)));
        return Describe(text, start, isPage ? Html : first.Name);
    }

    private static bool IsFeed(string root) => root is "rss" or "feed" || root.EndsWith(":feed", StringComparison.Ordinal) || root.StartsWith("rdf", StringComparison.Ordinal);

    private static SniffedBody Describe(DecodedText text, int start, string root) => root switch
    {
        Html => At(text, start, DescribeHtml(text), root),
        "rss" => At(text, start, "an RSS feed", root),
        "atom:feed" or "feed" => At(text, start, "an Atom feed", root),
        "rdf:rdf" => At(text, start, "an RSS 1.0 feed (RDF)", root),
        _ => At(text, start, $"an XML document <{root}>", root),
    };

    private static SniffedBody At(DecodedText text, int start, string found, string? root = null) =>
        new(text, start, 1 + text.AsSpan(0, start).Count('\n'), found, root);

    private static string DescribeHtml(DecodedText text)
    {
        var title = HtmlTitle().Match(text.AsSpan(0, Math.Min(text.Length, MostJunk)).ToString()).Groups["title"].Value;
        return title.Length == 0 ? "an HTML page" : $"an HTML page (\"{Short(title)}\")";
    }

    /// <summary>The version's address is the format's mark; it need not stand first.</summary>
    private static bool IsJsonFeed(DecodedText text, int start) =>
        text[start] == '{' && text.AsSpan(start).Contains("jsonfeed.org/version", StringComparison.OrdinalIgnoreCase);

    /// <summary>Every CSAF document says so in a field of its own (2.0 §3.2.1.4).</summary>
    private static bool IsCsaf(DecodedText text, int start) => text[start] == '{' && text.AsSpan(start).Contains("\"csaf_version\"", StringComparison.Ordinal);

    private static string DescribeText(DecodedText text, int start)
    {
        var head = text.AsSpan(start, Math.Min(text.Length - start, 256));
        var odd = 0;
        foreach (var c in head)
            if (c is '\uFFFD' or '\0' || (char.IsControl(c) && !char.IsWhiteSpace(c))) odd++;
        return odd * 8 > head.Length ? "binary data" : $"text that begins with \"{Short(head.ToString())}\"";
    }

    private static string Short(string text)
    {
        var folded = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return folded.Length <= 60 ? folded : string.Concat(folded.AsSpan(0, 60), "…");
    }

    /// <summary>The first start tag before that place whose name is wanted; null when there is none.</summary>
    private static (string Name, int At)? FindTag(DecodedText text, int start, int until, Predicate<string> wanted)
    {
        var scanner = new XmlScanner(text, start);
        while (scanner.Next() is not XmlToken.End and var token && scanner.TokenStart < until)
        {
            if (token != XmlToken.Start) continue;
            var name = new Namespaces().Begin(scanner, 1, out _).Name;
            if (wanted(name)) return (name, scanner.TokenStart);
        }

        return null;
    }

    private static int SkipBlank(DecodedText text, int start)
    {
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] is '\uFEFF' or '\u200B' or '\0')) start++;
        return start;
    }

    /// <summary>KEV and EU-KEV have a field for the CVE id, ENISA's EUVD ids of its own, others an object by CVE id.</summary>
    private static bool IsCatalogue(DecodedText text, int start) => CatalogueMark().IsMatch(text.AsSpan(start));

    [GeneratedRegex(@"""(?:cve[_ -]?id|cve|CVE-[0-9]{4}-[0-9]{4,19})""\s*:|:\s*""EUVD-[0-9]{4}-", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CatalogueMark();

    /// <summary>A first line of names, the CVE id's among them.</summary>
    [GeneratedRegex(@"^[A-Z_ ,""]*CVE[_ -]?ID""?[,\r\n]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TableStart();

    [GeneratedRegex(@"<(?:!doctype\s+html|html|head|body|script)[\s>]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HtmlStart();

    [GeneratedRegex(@"<title[^>]*>(?<title>[^<]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HtmlTitle();
}
