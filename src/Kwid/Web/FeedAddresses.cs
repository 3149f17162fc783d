using Kwid.Configuration;
using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Web;

/// <summary>A recipient's addresses as people copy them: whole, as text.</summary>
internal static class FeedAddresses
{
    private static readonly (FeedFormat Format, string Name, string Type)[] Formats =
        [(FeedFormat.Atom, "Atom (empfohlen)", "application/atom+xml"), (FeedFormat.Rss, "RSS", "application/rss+xml")];

    /// <summary>A list of the addresses.</summary>
    public static Html Write(KwidConfiguration configuration, RecipientKey key) =>
        $"""
        <ul>
        {Html.Each(Formats, each => $"<li>{each.Name}: <code>{AddressOf(configuration, key, each.Format)}</code></li>\n")}</ul>
        """;

    /// <summary>Links by which browsers and feed readers find the feeds of a page.</summary>
    public static Html Discovery(KwidConfiguration configuration, RecipientKey key, string name) =>
        Html.Each(Formats, each => $"<link rel=\"alternate\" type=\"{each.Type}\" title=\"{name}\" href=\"{AddressOf(configuration, key, each.Format)}\">\n");

    private static string AddressOf(KwidConfiguration configuration, RecipientKey key, FeedFormat format) =>
        configuration.Service.PublicUrl + new FeedAddress(key.ToString(), format, null);
}
