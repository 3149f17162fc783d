using Kwid.Core.Model;
using Kwid.Core.Reading.Csaf;
using Kwid.Core.Reading.Facts;

namespace Kwid.Core.Reading;

/// <summary>Reads one fetched document into raw entries. A new format is one more <see cref="IFormatReader"/> in the list here.</summary>
public static class EntryReader
{
    private static readonly IFormatReader[] Readers = [new RssReader(), new AtomReader(), new JsonFeedReader(), new CsafReader(), new CatalogueReader(), new CatalogueTableReader()];

    /// <summary>
    /// Reads a feed by what its bytes are; the Content-Type only hints at the charset. Damage costs the entries it sits in, which
    /// <see cref="ReadDocument.Faults"/> names.
    /// </summary>
    /// <exception cref="FeedFormatException">No reader understands the body, or it breaks before its first entry.</exception>
    public static ReadDocument Read(FetchedDocument document)
    {
        var body = document.Body.Span;
        if (FormatSniffer.FindObstacle(body) is { } obstacle) throw new FeedFormatException(1, obstacle);
        if (CsafReader.ReadBytes(document.Body, BaseOf(document)) is { Entries.Count: > 0 } csaf) return csaf;
        using var text = TextDecoder.Rent(body, document.ContentType);
        var sniffed = FormatSniffer.Sniff(text);
        var around = BaseOf(document);
        var reader = Array.Find(Readers, reader => reader.Reads(sniffed)) ?? throw new FeedFormatException(sniffed.Line, sniffed.Found + Suggestion(sniffed, around));
        var read = reader.Read(sniffed, around);
        // A head that is whole is a feed without entries, even when its last tags are missing.
        if (read is { Entries.Count: 0, Facts.Count: 0, Faults: [var first, ..] } && (read.Head is { Title: null, Home: null, Description: null, Id: null } || sniffed.Root is FormatSniffer.JsonFeed or FormatSniffer.Csaf or FormatSniffer.Catalogue))
            throw new FeedFormatException(sniffed.Line, $"{sniffed.Found}, which breaks before its first entry ({first})");
        return read;
    }

    /// <summary>The base of relative addresses: Content-Location, if any, resolved against the address (RFC 3986 §5.1.3).</summary>
    private static Uri BaseOf(FetchedDocument document) =>
        document.ContentLocation is { } location && Uri.TryCreate(document.Address, location, out var found) ? found : document.Address;

    /// <summary>The feeds that a page names, for the operator who wrote the page's address.</summary>
    private static string Suggestion(SniffedBody sniffed, Uri address)
    {
        if (sniffed.Root != FormatSniffer.Html || FeedDiscovery.Find(sniffed.Text.AsSpan(), address) is not { Count: > 0 } feeds) return "";
        return $" that names {string.Join(" and ", feeds.Select(feed => feed.Title is { Length: > 0 } title ? $"{feed.Address} (\"{title}\")" : $"{feed.Address}"))} as its feed";
    }
}
