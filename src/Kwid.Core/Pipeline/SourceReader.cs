using Kwid.Core.Model;
using Kwid.Core.Pages;
using Kwid.Core.Reading;

namespace Kwid.Core.Pipeline;

/// <summary>Reads a document as its source says: a page by its selectors, everything else by what its bytes are.</summary>
public static class SourceReader
{
    /// <summary>Reads one document.</summary>
    /// <param name="document">As fetched.</param>
    /// <param name="page">The selectors of its source; null unless it is a page.</param>
    /// <exception cref="FeedFormatException">Nothing in it can be read.</exception>
    public static ReadDocument Read(FetchedDocument document, PageSelectors? page) =>
        page is null ? EntryReader.Read(document) : PageReader.Read(document, page);
}
