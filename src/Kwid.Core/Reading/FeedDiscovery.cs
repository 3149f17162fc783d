using AngleSharp.Html.Parser;

namespace Kwid.Core.Reading;

/// <summary>Finds the feeds that a page links in its head (RSS autodiscovery): what was configured instead of one of them.</summary>
internal static class FeedDiscovery
{
    /// <summary>How much of a page is looked at, in characters: links to feeds stand in the head.</summary>
    private const int Looked = 200_000;

    private const int Most = 5;

    private static readonly string[] Types = ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json"];

    /// <summary>The feeds' absolute addresses with their titles, in the page's order; empty when it links none.</summary>
    public static IReadOnlyList<(Uri Address, string? Title)> Find(ReadOnlySpan<char> page, Uri address)
    {
        var head = new HtmlParser(new HtmlParserOptions { MaximumDepth = 200, SkipScriptText = true, SkipComments = true }).ParseHead(page[..Math.Min(page.Length, Looked)].ToString());
        if (head is null) return [];
        var around = head.QuerySelector("base[href]")?.GetAttribute("href") is { } written && Uri.TryCreate(address, written, out var found) ? found : address;
        return [.. head.QuerySelectorAll("link[rel~=alternate][href]")
            .Where(link => Types.Contains(link.GetAttribute("type")?.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase))
            .Select(link => (Uri.TryCreate(around, link.GetAttribute("href"), out var target) ? target : null, link.GetAttribute("title")?.Trim()))
            .Where(link => link.Item1 is { Scheme: "http" or "https" }).Select(link => (link.Item1!, link.Item2)).Take(Most)];
    }
}
