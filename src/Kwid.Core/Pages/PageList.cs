using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Reading;

namespace Kwid.Core.Pages;

/// <summary>The items of a page by the selectors of its source. Walk and reader both look through it, so they speak of the same items.</summary>
internal sealed class PageList
{
    /// <summary>Most items looked at; what follows is told as a fault.</summary>
    public const int MostItems = 2000;

    /// <summary>Most other items that may lie around one.</summary>
    private const int MostAround = 4;

    /// <summary>Most characters of one field: one more than is read of it, so that it is told where it was cut.</summary>
    private const int MostCharacters = HtmlSanitiser.MostCharacters + 1;

    /// <summary>Characters that all fields may have together besides twice the page's length.</summary>
    private const int Slack = 100_000;

    private readonly HtmlPage _page;
    private readonly PageSelectors _selectors;
    private readonly Regex? _pattern;
    private string? _unreadDate;
    private bool _hasDate;

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
            return page.FindMarkup(css) is { } html ? new DetailText(Cut(html), page.Base) : null;
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
        if (found.Count > MostItems)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"The page has more than {MostItems} items; what follows them was left out."));
            found.RemoveAt(MostItems);
        }

        RefuseNests(found);
        var items = ReadItems(found, faults);
        var meant = _pattern is null ? items : [.. items.Where(IsMeant)];
        if (meant.Count == 0) throw Nothing(string.Create(CultureInfo.InvariantCulture, $"none of the {items.Count} items that '{_selectors.Item}' finds has a link that fits linkPattern '{_selectors.LinkPattern}'"));
        if (!meant.Exists(item => item.SaysSomething)) throw Nothing(string.Create(CultureInfo.InvariantCulture, $"none of the {meant.Count} items that '{_selectors.Item}' finds has a title"));
        if (_unreadDate is { } text && !_hasDate) faults.Add($"The date selector '{_selectors.Date}' finds no date on any item, but for example \"{(text.Length <= 60 ? text : text[..60] + "…")}\"; correct \"date\" or \"dateFormat\" of this source in feeds.config.json.");
        Items = Merge(meant);
        Faults = faults;
    }

    /// <summary>Each item holds all that lies in it, so items in items in items would multiply the page.</summary>
    private void RefuseNests(List<IElement> found)
    {
        var items = found.ToHashSet();
        foreach (var item in found)
        {
            var around = item.Ancestors<IElement>().Count(items.Contains);
            if (around <= MostAround) continue;
            var what = string.Create(CultureInfo.InvariantCulture, $"items that lie in items: the <{item.LocalName}> in line {item.SourceReference?.Position.Line ?? 0} lies in {around} others");
            throw new FeedFormatException(
                1,
                $"{_page.Found} with {what}",
                $"The item selector '{_selectors.Item}' finds {what}. Write one that finds each item once, such as \"main > article\", at \"page\" of this source in feeds.config.json.");
        }
    }

    private List<PageItem> ReadItems(List<IElement> found, List<string> faults)
    {
        var (items, budget) = (new List<PageItem>(), (2L * _page.Length) + Slack);
        foreach (var element in found)
        {
            var item = ReadItem(element, items.Count);
            budget -= item.Weight;
            if (budget < 0 && items.Count > 0)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"The items hold more text than the page: the selectors find the same texts again and again. The rest was left out from line {item.Line} on, after {items.Count} of {found.Count} items."));
                break;
            }

            items.Add(item);
        }

        return items;
    }

    /// <summary>
    /// A card often links its page twice, by its picture and by its title: of items with one link, those with one title or none are one. With other titles they
    /// are others, such as rows that share a page.
    /// </summary>
    private static List<PageItem> Merge(List<PageItem> meant)
    {
        var (items, places) = (new List<PageItem>(), new Dictionary<(string Key, string Title), int>());
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in meant)
        {
            var key = item.Link is null && item.Id is null ? $"#{item.Ordinal}" : $"{item.Id} {item.Link?.AbsoluteUri}";
            var title = item.TitleText ?? "";
            if (places.ContainsKey((key, title)) || (title.Length == 0 && known.Contains(key))) continue;
            var place = places.Remove((key, ""), out var untitled) ? untitled : items.Count;
            if (place < items.Count) items[place] = item;
            else items.Add(item);
            places[(key, title)] = place;
            known.Add(key);
        }

        return items;
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
        var id = Text(_selectors.Id, item) ?? (isAnchor ? Uri.UnescapeDataString(link!.Fragment[1..]) : null);
        var title = _selectors.Title is null ? DefaultTitle(item, target) : Find(_selectors.Title, item);
        var summary = _selectors.Summary is null ? null : Summarise(_selectors.Summary, item);
        var date = Text(_selectors.Date, item) is { } written ? FindDate(written) : null;
        return new PageItem
        {
            Ordinal = ordinal,
            Line = item.SourceReference?.Position.Line ?? 0,
            Link = link,
            IsAnchor = isAnchor,
            Id = id,
            Title = title?.Html,
            TitleText = title?.Text,
            Summary = summary?.Html,
            Date = date,
            Mark = PageItem.MarkOf(id, link?.AbsoluteUri, title?.Text, summary?.Text, date),
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
    private static Markup? DefaultTitle(IElement item, IElement? target)
    {
        // Found one by one: an item may hold any number of links.
        var links = target?.GetAttribute("href") is { } href ? item.Descendants<IElement>().Where(link => link.LocalName == "a" && link.GetAttribute("href") == href).Prepend(target) : [];
        return links.Select(Content).FirstOrDefault(title => title is not null) ?? (item.QuerySelector("h1, h2, h3, h4, h5, h6") is { } heading ? Content(heading) : null) ?? Content(item);
    }

    private Uri? Anchor(string id) => Resolve("#" + Uri.EscapeDataString(id));

    /// <summary>An anchor alone means this page, whatever base it states.</summary>
    private Uri? Resolve(string written) =>
        Uri.TryCreate(written.StartsWith('#') ? _page.Address : _page.Base, written, out var link) && link.IsAbsoluteUri ? link : null;

    private bool SamePage(Uri link) => link.GetLeftPart(UriPartial.Query) == _page.Address.GetLeftPart(UriPartial.Query);

    private string? FindDate(string text)
    {
        var date = PageDates.Read(text, _selectors.DateFormat);
        if (FeedDates.Find(date) is null) _unreadDate ??= text;
        else _hasDate = true;
        return date;
    }

    private static Markup? Summarise(string selector, IElement item)
    {
        var field = FieldSelector.Parse(selector);
        var found = field.FindAll(item).ToList();
        var all = found.ToHashSet();
        var (html, text) = (new StringBuilder(), new StringBuilder());
        foreach (var element in found)
        {
            if (element.Ancestors<IElement>().TakeWhile(above => above != item).Any(all.Contains) || Part(field, element) is not { } part) continue;
            html.Append(part.Html);
            text.Append(part.Text).Append('\n');
            if (html.Length >= MostCharacters) break;
        }

        return html.Length == 0 ? null : new Markup(Cut(html.ToString()), text.ToString());
    }

    /// <summary>A block as it is; the content of anything else, such as a cell, as one.</summary>
    private static Markup? Part(FieldSelector field, IElement element) =>
        Content(field, element) is not { } content ? null
        : field.Attribute is null && element.LocalName is "p" or "div" or "ul" or "ol" or "dl" or "table" or "pre" ? content with { Html = Cut(element.OuterHtml) }
        : content with { Html = $"<div>{content.Html}</div>" };

    private static Markup? Find(string selector, IElement item)
    {
        var field = FieldSelector.Parse(selector);
        return field.Find(item) is { } element ? Content(field, element) : null;
    }

    private static Markup? Content(FieldSelector field, IElement element) =>
        field.Attribute is null ? Content(element)
        : Fold(element.GetAttribute(field.Attribute) ?? "") is { } value ? new Markup(WebUtility.HtmlEncode(value), value) : null;

    private static Markup? Content(IElement element) => Fold(element.TextContent) is { } text ? new Markup(Cut(element.InnerHtml.Trim()), text) : null;

    private static string? Text(string? selector, IElement item)
    {
        if (selector is null) return null;
        var field = FieldSelector.Parse(selector);
        if (field.Find(item) is not { } element) return null;
        return Fold(field.Attribute is null ? element.TextContent : element.GetAttribute(field.Attribute) ?? "");
    }

    /// <summary>A text as one line, no longer than a field may be; null when it says nothing.</summary>
    private static string? Fold(string text)
    {
        var folded = new StringBuilder();
        var isApart = false;
        foreach (var character in text)
        {
            if (folded.Length >= MostCharacters) break;
            if (char.IsWhiteSpace(character))
            {
                isApart = folded.Length > 0;
                continue;
            }

            if (isApart) folded.Append(' ');
            isApart = false;
            folded.Append(character);
        }

        return folded.Length == 0 ? null : Cut(folded.ToString());
    }

    private static string Cut(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters];

    /// <summary>What a selector finds.</summary>
    /// <param name="Html">As the page writes it.</param>
    /// <param name="Text">Its text, folded.</param>
    private sealed record Markup(string Html, string Text);
}
