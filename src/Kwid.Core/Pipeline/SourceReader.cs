using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pages;
using Kwid.Core.Reading;

namespace Kwid.Core.Pipeline;

/// <summary>
/// Reads a document as its source says, a page by its selectors, everything else by what its bytes are, and normalises what it holds.
/// A fault of ours is told like any other: it costs the document or the entry it happens in, nothing else.
/// </summary>
public static class SourceReader
{
    /// <summary>Reads one document of a source: a catalogue where it is of kind facts, and nowhere else.</summary>
    /// <exception cref="FeedFormatException">Nothing in it can be read, or it is the one where the other belongs.</exception>
    public static ReadDocument Read(Source source, FetchedDocument document)
    {
        if (source.Kind is SourceKind.Facts) return ReadCatalogue(document);
        var read = Read(document, source.Page);
        return !read.IsCatalogue ? read : throw new FeedFormatException(1, $"a {read.Format}", $"This is a {read.Format}, which has facts but no entries: change its kind to \"facts\" in feeds.config.json, and they are added to the advisories that name its CVEs.");
    }

    private static ReadDocument ReadCatalogue(FetchedDocument document)
    {
        ReadDocument read;
        try
        {
            read = Read(document, page: null);
        }
        catch (FeedFormatException unreadable)
        {
            throw new FeedFormatException(unreadable.Line, unreadable.Found, $"Line {unreadable.Line} is {unreadable.Found}, but a catalogue is JSON or CSV whose items have a CVE id and a date or score, such as CISA KEV. Open the address in a browser; if it has moved, change its url in feeds.config.json.");
        }

        return read.IsCatalogue ? read : throw new FeedFormatException(1, read.Format, $"This is {read.Format} with entries of its own, no catalogue of CVEs: change its kind to \"feed\" in feeds.config.json.");
    }

    /// <summary>Reads one document.</summary>
    /// <param name="document">As fetched.</param>
    /// <param name="page">The selectors of its source; null unless it is a page.</param>
    /// <exception cref="FeedFormatException">Nothing in it can be read.</exception>
    public static ReadDocument Read(FetchedDocument document, PageSelectors? page)
    {
        try
        {
            return page is null ? EntryReader.Read(document) : PageReader.Read(document, page);
        }
        catch (Exception fault) when (fault is not (FeedFormatException or OutOfMemoryException))
        {
            throw new FeedFormatException(1, $"something that Kwid failed on ({fault.GetType().Name}: {fault.Message}; please report it)");
        }
    }

    /// <summary>Normalises one raw entry; see <see cref="Normaliser.Normalise"/>.</summary>
    public static NormaliseOutcome Normalise(Source source, RawEntry raw, Uri address, DateTimeOffset now, PublisherIds? publishers = null)
    {
        try
        {
            var outcome = Normaliser.Normalise(source, raw, address, now, publishers);
            if (source.Page is null || raw.IsExcerpt || outcome is not NormaliseOutcome.Accepted whole) return outcome;
            return new NormaliseOutcome.Accepted(whole.Entry with { ListCves = CveFinder.Find([raw.Title, raw.Summary, raw.Guid, raw.Link]) });
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new NormaliseOutcome.Refused(new Rejected(source.Id, raw.Guid ?? raw.Title ?? $"the entry in line {raw.Line}", $"Kwid failed on it ({fault.GetType().Name}: {fault.Message}); please report it."));
        }
    }
}
