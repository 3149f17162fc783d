using System.Globalization;
using System.Text;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>
/// One CSAF document, 2.0 or 2.1 (OASIS), as one entry: title, id, dates, label, notes, severity, CVEs, highest score, remediations, references. What has a field of its own only
/// in CSAF, product tree and revision history among it, is not read yet.
/// </summary>
internal sealed class CsafReader : IFormatReader
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <summary>Most elements read of one list.</summary>
    private const int MostOfList = 2_000;

    /// <summary>Most different remediations told.</summary>
    private const int MostRemediations = 20;

    /// <inheritdoc/>
    public bool Reads(SniffedBody body) => body.Root == FormatSniffer.Csaf;

    /// <inheritdoc/>
    public ReadDocument Read(SniffedBody body, Uri address)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(JsonText.WithoutHalfCharacters(body.Text.AsSpan(body.Start).ToString())), Lenient);
            var document = Find(json.RootElement, "document");
            if (document is not { ValueKind: JsonValueKind.Object } head) return Broken("it has no \"document\"");
            var version = Text(head, "csaf_version") ?? "?";
            var entry = ReadEntry(head, List(json.RootElement, "vulnerabilities"), address) with { Line = body.Line };
            return new ReadDocument($"CSAF {version}", new FeedHead { Title = entry.Title, Id = entry.Guid, Language = Text(head, "lang"), Updated = entry.Updated }, [entry], []);
        }
        catch (JsonException fault)
        {
            return Broken(string.Create(CultureInfo.InvariantCulture, $"line {body.Line + (fault.LineNumber ?? 0)}: the JSON breaks off or is not well-formed"));
        }
    }

    private static ReadDocument Broken(string fault) => new("CSAF", new FeedHead(), [], [fault]);

    private static RawEntry ReadEntry(JsonElement document, IReadOnlyList<JsonElement> vulnerabilities, Uri address)
    {
        var tracking = Find(document, "tracking");
        var id = Text(tracking, "id");
        var links = List(document, "references").Where(reference => Text(reference, "url") is not null).ToList();
        return new RawEntry
        {
            Guid = id,
            Identifier = id,
            Link = PageOf(links),
            BaseAddress = address,
            Title = Text(document, "title"),
            Content = Body(document, vulnerabilities),
            Published = Text(tracking, "initial_release_date"),
            Updated = Text(tracking, "current_release_date"),
            Authors = Text(Find(document, "publisher"), "name") is { } name ? [new RawPerson(name, null, Text(Find(document, "publisher"), "namespace"))] : [],
            Categories = [.. new[] { Label(document), Text(Find(document, "aggregate_severity"), "text") }.OfType<string>()],
            References = [.. vulnerabilities.Select(vulnerability => Text(vulnerability, "cve")).OfType<string>().Distinct(StringComparer.Ordinal)],
            Cvss = vulnerabilities.SelectMany(Scores).MaxBy(score => score.Score),
            Links = [.. links.Select(reference => new RawLink(Text(reference, "url")!, Text(reference, "category") == "self" ? "alternate" : "related") { Title = Text(reference, "summary") })],
        };
    }

    /// <summary>The advisory's page for people: a self reference that is not the JSON itself.</summary>
    private static string? PageOf(List<JsonElement> references)
    {
        var own = references.Where(reference => Text(reference, "category") == "self").Select(reference => Text(reference, "url")!).ToList();
        return own.Find(url => !url.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) ?? own.FirstOrDefault();
    }

    /// <summary>As people write it: whoever reads labels knows it, and takes an unknown one for the strictest.</summary>
    private static string? Label(JsonElement document) =>
        Find(document, "distribution") is { } distribution && Text(Find(distribution, "tlp"), "label") is { } label ? $"TLP:{label}" : null;

    private static string? Body(JsonElement document, IReadOnlyList<JsonElement> vulnerabilities)
    {
        var html = new StringBuilder();
        foreach (var note in List(document, "notes").Where(note => Text(note, "category") is not "legal_disclaimer"))
        {
            if (Text(note, "text") is not { } text) continue;
            if (Text(note, "title") is { } title) html.Append("<h4>").Append(ElementMarkup.Escape(title)).Append("</h4>");
            AppendLines(html, text);
        }

        var remediations = vulnerabilities.SelectMany(vulnerability => List(vulnerability, "remediations"))
            .Where(remediation => Text(remediation, "details") is not null)
            .DistinctBy(remediation => (Text(remediation, "details"), Text(remediation, "url")))
            .Take(MostRemediations).ToList();
        if (remediations.Count > 0) html.Append("<h4>Abhilfe</h4>");
        foreach (var remediation in remediations)
        {
            AppendLines(html, Text(remediation, "details")!);
            if (Text(remediation, "url") is { } url) html.Append("<p><a href=\"").Append(ElementMarkup.Escape(url)).Append("\">").Append(ElementMarkup.Escape(url)).Append("</a></p>");
        }

        return html.Length == 0 ? null : html.ToString();
    }

    private static void AppendLines(StringBuilder html, string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) html.Append("<p>").Append(ElementMarkup.Escape(line)).Append("</p>");
    }

    /// <summary>2.0 has <c>scores</c> with the score beside the products, 2.1 <c>metrics</c> with <c>content</c> in between.</summary>
    private static IEnumerable<Cvss> Scores(JsonElement vulnerability)
    {
        var holders = List(vulnerability, "scores").Concat(List(vulnerability, "metrics").Select(metric => Find(metric, "content")).OfType<JsonElement>());
        foreach (var holder in holders)
            foreach (var name in (string[])["cvss_v4", "cvss_v3", "cvss_v2"])
                if (Find(holder, name) is { ValueKind: JsonValueKind.Object } score && Find(score, "baseScore") is { ValueKind: JsonValueKind.Number } value && value.GetDouble() is >= 0 and <= 10 and var points)
                    yield return new Cvss(Text(score, "version") ?? name[6..], points, Text(score, "vectorString"));
    }

    private static JsonElement? Find(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } owner && owner.TryGetProperty(name, out var field) ? field : null;

    private static string? Text(JsonElement? element, string name) =>
        Find(element, name) is { ValueKind: JsonValueKind.String } field && field.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static IReadOnlyList<JsonElement> List(JsonElement element, string name) =>
        Find(element, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Take(MostOfList)] : [];
}
