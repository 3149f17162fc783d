using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Reading;

namespace Kwid.Core.Pages;

/// <summary>An HTML page to look for things in. Any text can be one: the parser repairs what it finds, within bounds.</summary>
internal sealed class HtmlPage
{
    /// <summary>Most start and end tags.</summary>
    private const int MostTags = 400_000;

    /// <summary>Most elements open at one place; a parser's work grows with the square of that number.</summary>
    private const int MostOpen = 400;

    /// <summary>Most elements that the parser makes, copies of what was left open included.</summary>
    private const int MostElements = 250_000;

    /// <summary>Deepest nesting kept; what is nested deeper is flattened, so that nobody who walks through it runs out of stack.</summary>
    private const int MostLevels = 256;

    private readonly IHtmlDocument _document;

    private HtmlPage(IHtmlDocument document, int length, string found, Uri address)
    {
        (_document, Length, Found, Address) = (document, length, found, address);
        Base = document.QuerySelector("base[href]")?.GetAttribute("href") is { } written && Uri.TryCreate(address, written.Trim(), out var @base) && @base.IsAbsoluteUri ? @base : address;
    }

    /// <summary>What the body is, for people, as a noun phrase with the page's title.</summary>
    public string Found { get; }

    /// <summary>The body's length in characters.</summary>
    public int Length { get; }

    /// <summary>Where the page stands: what its anchors belong to.</summary>
    public Uri Address { get; }

    /// <summary>What its relative addresses are relative to.</summary>
    public Uri Base { get; }

    /// <summary>The title as one line; null when it has none.</summary>
    public string? Title => _document.Title is { Length: > 0 } title ? title : null;

    /// <summary>BCP 47 tag as written; null when it does not say.</summary>
    public string? Language => _document.DocumentElement.GetAttribute("lang") is { Length: > 0 } tag ? tag : null;

    /// <summary>Parses a body.</summary>
    /// <exception cref="FeedFormatException">It is no text, or an attack on parsers.</exception>
    public static HtmlPage Parse(FetchedDocument document)
    {
        var body = document.Body.Span;
        if (FormatSniffer.FindObstacle(body) is { } obstacle) throw new FeedFormatException(1, obstacle, $"It is {obstacle}, not an HTML page. Open the address in a browser and correct it in feeds.config.json.");
        using var decoded = TextDecoder.Rent(body, document.ContentType);
        var text = decoded.ToString();
        // RFC 3986 §5.1.3: Content-Location, if any, comes before the address.
        var address = document.ContentLocation is { } location && Uri.TryCreate(document.Address, location, out var found) ? found : document.Address;
        var html = Parse(text);
        return new HtmlPage(html, text.Length, Describe(FormatSniffer.Sniff(decoded), html), address);
    }

    private static IHtmlDocument Parse(string text)
    {
        try
        {
            if (!MarkupBounds.Exceeds(text, MostTags, MostOpen)) return MarkupBudget.CreateParser(MostElements, MostLevels, tracksPositions: true).ParseDocument(text);
        }
        catch (MarkupBudgetException)
        {
            // As for too many tags.
        }

        throw new FeedFormatException(1, "more markup than any page has", $"The page has more than {MostElements} elements, or more than {MostOpen} open at one place, which no page needs. Open the address in a browser; if it looks sound, please report it.");
    }

    /// <summary>What is neither a feed nor JSON counts as a page: any element may come first in one.</summary>
    private static string Describe(SniffedBody body, IHtmlDocument html) =>
        body.Found.Contains("feed", StringComparison.OrdinalIgnoreCase) || body.Found == "JSON" ? body.Found
        : html.Title is { Length: > 0 } title ? $"an HTML page (\"{(title.Length <= 60 ? title : title[..60] + "…")}\")" : "an HTML page";

    /// <summary>All elements that a checked selector finds, in the page's order.</summary>
    public IEnumerable<IElement> FindAll(string css) => _document.QuerySelectorAll(css);

    /// <summary>The content of the first element that a checked selector finds and that says anything; null when there is none.</summary>
    public string? FindMarkup(string css) => FindAll(css).FirstOrDefault(element => !string.IsNullOrWhiteSpace(element.TextContent))?.InnerHtml;
}
