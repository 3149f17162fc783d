using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Service;

/// <summary>The list of feeds for a provider (OPML): the feed of all that it serves first, then each recipient's own public one. Live: of the configuration in force and of what stands on the shelf.</summary>
internal static class ProviderList
{
    private const string WithoutDistrict = "Weitere";

    /// <summary>The document of a provider whose feed stands on the shelf; one that is gone from the configuration has that feed alone, which says so.</summary>
    /// <param name="installation">What to look at.</param>
    /// <param name="address">Of its feed, as <paramref name="below"/> leads to it.</param>
    /// <param name="below">What stands before the path: the public address, or that of a capability.</param>
    public static byte[] Write(Installation installation, FeedAddress address, string below)
    {
        var (configuration, id) = (installation.Configuration, FeedAddress.ProviderIn(address.Holder));
        var service = configuration.Service;
        var provider = configuration.Providers.FirstOrDefault(provider => provider.Id == id);
        var name = provider?.Name ?? id!;
        // Where nothing is public, recipients' feeds have addresses that only they are told.
        var served = configuration.Closed ? [] : provider?.Recipients ?? [];
        var shelved = installation.Shelf.Feeds;
        var feeds = configuration.Recipients
            .Where(recipient => served.Contains(recipient.Key) && shelved.ContainsKey(recipient.Key.ToString()))
            .Select(recipient => (GroupOf(recipient), new OpmlFeed(recipient.Name, service.PublicUrl + new FeedAddress(recipient.Key.ToString(), FeedFormat.Atom, null), $"{service.PublicUrl}/kommunen/{recipient.Key}")));
        return OpmlWriter.Write($"{service.Title} – {name}", new OpmlFeed(name, below + address, service.PublicUrl + "/"), feeds);
    }

    /// <summary>A district stands among its municipalities.</summary>
    private static string GroupOf(Recipient recipient) =>
        recipient.District ?? (recipient.Key.ToString() is var key && Ags.IsValid(key) && new Ags(key).IsDistrict ? recipient.Name : WithoutDistrict);
}
