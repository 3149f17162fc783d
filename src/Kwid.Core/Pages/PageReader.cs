using Kwid.Core.Model;
using Kwid.Core.Reading;

namespace Kwid.Core.Pages;

/// <summary>Reads an HTML page into raw entries by the selectors of its source.</summary>
public static class PageReader
{
    /// <summary>
    /// Reads what the selectors find. With <see cref="FetchedDocument.Details"/> an item that is unchanged is left aside, one whose own page was read has
    /// its text. Any other is an excerpt, also where no own pages are asked: that may be configured later, or no longer, and is neither news nor a loss.
    /// </summary>
    /// <exception cref="FeedFormatException">The selectors find nothing.</exception>
    public static ReadDocument Read(FetchedDocument document, PageSelectors selectors)
    {
        var list = PageList.Read(document, selectors);
        var details = document.Details;
        var told = list.Items.Where(item => details?.Unchanged.Contains(item.Ordinal) != true).ToList();
        var head = new FeedHead { Title = list.Page.Title, Home = list.Page.Address.AbsoluteUri, Language = list.Page.Language };
        return new ReadDocument("HTML page", head, [.. told.Select(item => Entry(item, details, list.Page.Base))], [.. list.Faults, .. details?.Faults ?? []])
        {
            Unchanged = list.Items.Count - told.Count,
        };
    }

    private static RawEntry Entry(PageItem item, PageDetails? details, Uri @base)
    {
        var text = details?.Texts.GetValueOrDefault(item.Ordinal);
        return new RawEntry
        {
            Guid = item.Id,
            Link = item.Link?.AbsoluteUri,
            BaseAddress = text?.Base ?? @base,
            Title = item.Title,
            TitleIsMarkup = true,
            Summary = item.Summary,
            Content = text?.Html,
            Published = item.Date,
            Line = item.Line,
            IsExcerpt = text is null,
        };
    }
}
