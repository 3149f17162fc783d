using Kwid.Core.Publishing;

namespace Kwid.Web;

/// <summary>What a path below the public address, or below a capability's, asks for.</summary>
/// <param name="Address">A feed.</param>
/// <param name="IsList">True when not the feed itself is asked for but the list of its provider's feeds (OPML).</param>
internal sealed record AskedDocument(FeedAddress Address, bool IsList)
{
    /// <summary>Where recipients' feeds stand.</summary>
    public const string Feeds = "feeds/";

    /// <summary>Where providers' feeds and lists stand.</summary>
    public const string Providers = "providers/";

    private const string List = ".opml";
    private const string Feed = ".atom";

    /// <summary>Reads <c>feeds/05315000.atom</c>, <c>providers/kdn.rss</c> or <c>providers/kdn.opml</c>; null for anything else.</summary>
    public static AskedDocument? Find(string path)
    {
        if (path.StartsWith(Feeds, StringComparison.Ordinal)) return FeedAddress.TryParse(path[Feeds.Length..], out var feed) ? new AskedDocument(feed, IsList: false) : null;
        if (!path.StartsWith(Providers, StringComparison.Ordinal)) return null;
        var file = path[Providers.Length..];
        var isList = file.EndsWith(List, StringComparison.Ordinal);
        if (isList) file = file[..^List.Length] + Feed;
        return FeedAddress.TryParseProvider(file, out var address) && !(isList && address.Archive is not null) ? new AskedDocument(address, isList) : null;
    }
}
