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
