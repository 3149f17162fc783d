using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Kwid.Core.Model;
using Kwid.Core.Reading;

namespace Kwid.Core.Pages;

/// <summary>The items of a page by the selectors of its source. Walk and reader both look through it, so they speak of the same items.</summary>
internal sealed partial class PageList
{
    /// <summary>Most items looked at; what follows is told as a fault.</summary>
    public const int MostItems = 2000;

    private readonly HtmlPage _page;
    private readonly PageSelectors _selectors;
    private readonly Regex? _pattern;

    private PageList(HtmlPage page, PageSelectors selectors)
    {
        (_page, _selectors) = (page, selectors);
        _pattern = selectors.LinkPattern is { } pattern ? new Regex(pattern, PatternOptions, PatternTimeout) : null;
    }

    /// <summary>How a link pattern is understood.</summary>
    public const RegexOptions PatternOptions = RegexOptions.CultureInvariant;

    /// <summary>Longest look at one link, so that a careless pattern costs an item and not the service.</summary>
    public static TimeSpan PatternTimeout { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The page itself.</summary>
    public HtmlPage Page => _page;

    /// <summary>Those that are meant, in the page's order, each once.</summary>
    public IReadOnlyList<PageItem> Items { get; private set; } = [];

    /// <summary>What could not be looked at.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>Looks for items.</summary>
    /// <exception cref="FeedFormatException">The selectors find nothing: the page has changed, or it is another.</exception>
    public static PageList Read(FetchedDocument document, PageSelectors selectors)
    {
        var list = new PageList(HtmlPage.Parse(document), selectors);
        list.Look();
        return list;
    }

    /// <summary>As <see cref="Read"/>; null where that throws: whoever reads the document tells why.</summary>
    public static PageList? TryRead(FetchedDocument document, PageSelectors selectors)
    {
        try
        {
            return Read(document, selectors);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>The text on an item's own page; null when the page is no text or has nothing there.</summary>
    public static DetailText? FindDetail(FetchedDocument document, string css)
    {
        try
        {
            var page = HtmlPage.Parse(document);
            return page.FindMarkup(css) is { } html ? new DetailText(html, page.Base) : null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return null;
        }
    }

    private void Look()
    {
        var found = _page.FindAll(_selectors.Item).Take(MostItems + 1).ToList();
        if (found.Count == 0) throw Nothing($"the item selector '{_selectors.Item}' finds nothing");
        var faults = new List<string>();
        if (found.Count > MostItems) faults.Add(string.Create(CultureInfo.InvariantCulture, $"The page has more than {MostItems} items; what follows them was left out."));
        var items = found.Take(MostItems).Select(ReadItem).ToList();
        var meant = _pattern is null ? items : [.. items.Where(IsMeant)];
        if (meant.Count == 0) throw Nothing(string.Create(CultureInfo.InvariantCulture, $"none of the {items.Count} items that '{_selectors.Item}' finds has a link that fits linkPattern '{_selectors.LinkPattern}'"));
        if (!meant.Exists(item => item.SaysSomething)) throw Nothing(string.Create(CultureInfo.InvariantCulture, $"none of the {meant.Count} items that '{_selectors.Item}' finds has a title"));
        // A card often links its page twice: by its picture and by its title.
        Items = [.. meant.GroupBy(item => item.Link is null && item.Id is null ? $"#{item.Ordinal}" : $"{item.Id} {item.Link?.AbsoluteUri}", StringComparer.Ordinal)
            .Select(group => group.FirstOrDefault(item => item.Title is not null) ?? group.First())];
        Faults = faults;
    }

    private FeedFormatException Nothing(string why) => new(
        1,
        $"{_page.Found}, in which the selectors find nothing",
        $"The selectors find nothing: {why}. The answer is {_page.Found}; the page has changed, or it is not the one that was meant. " +
        "Open the address in a browser and correct \"page\" (or \"url\") of this source in feeds.config.json; kwid read --source ID shows what the selectors find.");

    private bool IsMeant(PageItem item)
    {
        try
        {
            return item.Link is { } link && _pattern!.IsMatch(link.AbsoluteUri);
        }
        catch (RegexMatchTimeoutException)
        {
            return true; // when in doubt it is told
        }
    }

    private PageItem ReadItem(IElement item, int ordinal)
    {
        var (target, link) = FindLink(item);
        var isAnchor = link is { Fragment.Length: > 1 } && SamePage(link);
        return new PageItem
        {
            Ordinal = ordinal,
            Line = item.SourceReference?.Position.Line ?? 0,
            Link = link,
            IsAnchor = isAnchor,
            Id = Text(_selectors.Id, item) ?? (isAnchor ? Uri.UnescapeDataString(link!.Fragment[1..]) : null),
            Title = _selectors.Title is null ? DefaultTitle(item, target) : Markup(_selectors.Title, item),
            Summary = _selectors.Summary is null ? null : Summarise(_selectors.Summary, item),
            Date = Text(_selectors.Date, item) is { } date ? ReadDate(date) : null,
        };
    }

    /// <summary>The element that bears the link, for its text, and where it leads.</summary>
    private (IElement? Target, Uri? Link) FindLink(IElement item)
    {
        var field = FieldSelector.Parse(_selectors.Link ?? "a[href]");
        var chosen = _selectors.Link is null && item.Matches("a[href]") ? item : field.Find(item);
        if (chosen is not null && field.Attribute is null && !chosen.HasAttribute("href")) chosen = chosen.QuerySelector("a[href]") ?? chosen;
        var written = chosen?.GetAttribute(field.Attribute ?? "href")?.Trim();
        if (!string.IsNullOrEmpty(written)) return (chosen, field.Attribute is "id" or "name" ? Anchor(written) : Resolve(written));
        // Without a link of its own, an item with an id can still be led to.
        return (null, _selectors.Link is null && item.Id is { Length: > 0 } id ? Anchor(id) : null);
    }

    /// <summary>The text of the link – a picture may be linked before it –, else the first heading, else all of the item.</summary>
    private static string? DefaultTitle(IElement item, IElement? target)
    {
        var links = target is not null && target.GetAttribute("href") is { } href ? item.QuerySelectorAll("a[href]").Where(link => link.GetAttribute("href") == href).Prepend(target) : [];
        return links.Append(item.QuerySelector("h1, h2, h3, h4, h5, h6")).Append(item).OfType<IElement>().Select(Markup).FirstOrDefault(title => title is not null);
    }

    private Uri? Anchor(string id) => Resolve("#" + Uri.EscapeDataString(id));

    /// <summary>An anchor alone means this page, whatever base it states.</summary>
    private Uri? Resolve(string written) =>
        Uri.TryCreate(written.StartsWith('#') ? _page.Address : _page.Base, written, out var link) && link.IsAbsoluteUri ? link : null;

    private bool SamePage(Uri link) => link.GetLeftPart(UriPartial.Query) == _page.Address.GetLeftPart(UriPartial.Query);

    private string? ReadDate(string text)
    {
        if (_selectors.DateFormat is { } format)
            return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var date) ? date.ToString("s", CultureInfo.InvariantCulture) : null;
        return Label().Replace(text, "");
    }

    private static string? Summarise(string selector, IElement item)
    {
        var field = FieldSelector.Parse(selector);
        var found = field.FindAll(item).ToList();
        var outermost = found.Where(element => !element.Ancestors<IElement>().TakeWhile(above => above != item).Any(found.Contains));
        var parts = outermost.Select(element => Part(field, element)).OfType<string>().ToList();
        return parts.Count == 0 ? null : string.Concat(parts);
    }

    /// <summary>A block as it is; the content of anything else, such as a cell, as one.</summary>
    private static string? Part(FieldSelector field, IElement element) =>
        Markup(field, element) is not { } content ? null
        : field.Attribute is null && element.LocalName is "p" or "div" or "ul" or "ol" or "dl" or "table" or "pre" ? element.OuterHtml
        : $"<div>{content}</div>";

    private static string? Markup(string selector, IElement item)
    {
        var field = FieldSelector.Parse(selector);
        return field.Find(item) is { } element ? Markup(field, element) : null;
    }

    private static string? Markup(FieldSelector field, IElement element) =>
        field.Attribute is null ? Markup(element) : element.GetAttribute(field.Attribute) is { } value && !string.IsNullOrWhiteSpace(value) ? WebUtility.HtmlEncode(value.Trim()) : null;

    private static string? Markup(IElement element) => string.IsNullOrWhiteSpace(element.TextContent) ? null : element.InnerHtml.Trim();

    private static string? Text(string? selector, IElement item)
    {
        if (selector is null) return null;
        var field = FieldSelector.Parse(selector);
        if (field.Find(item) is not { } element) return null;
        var text = field.Attribute is null ? element.TextContent : element.GetAttribute(field.Attribute) ?? "";
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } folded ? folded : null;
    }

    /// <summary>"Published: " before a date.</summary>
    [GeneratedRegex(@"^[^0-9:]{1,40}:\s*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Label();
}
