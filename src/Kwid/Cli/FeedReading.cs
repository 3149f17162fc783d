using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;
using Kwid.Core.Reading;

namespace Kwid.Cli;

/// <summary>One feed, read and normalised by the code of the service.</summary>
/// <param name="Read">What the feed says.</param>
/// <param name="Items">Its entries, each as read and as normalised; null where it was left out.</param>
/// <param name="Rejected">Why entries were left out.</param>
/// <param name="Address">What relative addresses were resolved against; null when none is known.</param>
/// <param name="Source">As which source they were normalised.</param>
internal sealed record FeedReading(ReadDocument Read, IReadOnlyList<(RawEntry Raw, Entry? Entry)> Items, IReadOnlyList<Rejected> Rejected, Uri? Address, Source Source)
{
    /// <summary>Stands for the address of a feed that has none: nothing is resolved against it in what is shown.</summary>
    private static readonly Uri Nowhere = new("http://nowhere.invalid/");

    /// <exception cref="FeedFormatException">It is no feed.</exception>
    public static FeedReading Of(FetchedDocument document, Uri? address, DateTimeOffset now, PageSelectors? page = null)
    {
        var read = SourceReader.Read(document, page);
        var source = SourceOf(document.Address, read.Head.Language) with { Page = page };
        var items = new List<(RawEntry, Entry?)>();
        var rejected = new List<Rejected>();
        foreach (var raw in read.Entries)
        {
            var outcome = SourceReader.Normalise(source, raw, document.Address, now);
            items.Add((raw, (outcome as NormaliseOutcome.Accepted)?.Entry));
            if (outcome is NormaliseOutcome.Refused refused) rejected.Add(refused.Rejected);
        }

        return new FeedReading(read, items, rejected, address, source);
    }

    /// <summary>Bytes as if they had been fetched.</summary>
    public static FetchedDocument Document(byte[] body, string? contentType, Uri? address, Uri? contentLocation = null) =>
        new(address ?? Nowhere, body, contentType, contentLocation);

    /// <summary>An absolute web address; null for anything else.</summary>
    public static Uri? AddressOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    /// <summary>A source that was never configured.</summary>
    public static Source SourceOf(Uri address, string? language) => new()
    {
        Id = new SourceId("read"),
        Name = address.Host,
        Kind = SourceKind.Feed,
        Url = address,
        Class = SourceClass.Normal,
        Deliver = Delivery.Always,
        Tlp = Tlp.Clear,
        Language = language ?? "und",
        Attribution = address.Host,
        License = "nicht angegeben",
    };

    /// <summary>A reference as shown: absolute where a base is known, else as written, even when a reader has made it absolute against nothing.</summary>
    public string? Reference(string? written, Uri? @base)
    {
        if (string.IsNullOrWhiteSpace(written)) return null;
        var text = PlainText.Clean(written).Trim();
        if (IsActive(text)) return null;
        if (BaseOf(@base) is { } around) return Uri.TryCreate(around, text, out var found) ? found.AbsoluteUri : text;
        return text.StartsWith(Nowhere.AbsoluteUri, StringComparison.Ordinal) ? text[(Nowhere.AbsoluteUri.Length - 1)..] : text;
    }

    /// <summary>The base that is really known: the document's stand-in is none.</summary>
    public Uri? BaseOf(Uri? @base) => @base is not null && @base.Host != Nowhere.Host ? @base : Address;

    /// <summary>What was lost or left out.</summary>
    public IEnumerable<string> Warnings => [.. Read.Faults, .. Rejected.Select(each => $"left out ({each.What}): {each.Reason}")];

    /// <summary>Whether an address does something instead of leading somewhere; browsers pass over blanks and controls in it.</summary>
    private static bool IsActive(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || address.StartsWith("http", StringComparison.OrdinalIgnoreCase)) return false;
        return string.Concat(address[..colon].Where(c => c > ' ')).ToUpperInvariant() is "JAVASCRIPT" or "VBSCRIPT" or "LIVESCRIPT" or "MOCHA" or "DATA" or "ABOUT" or "VIEW-SOURCE";
    }
}
