using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>The feeds that recipients and providers have.</summary>
internal static class WantedFeeds
{
    /// <summary>By feed part.</summary>
    /// <param name="recipients">With <see cref="RecipientKey.Everyone"/>.</param>
    /// <param name="providers">All.</param>
    /// <param name="holders">Who has protected feeds, too.</param>
    public static IReadOnlyDictionary<string, WantedFeed> Of(IReadOnlyList<Recipient> recipients, IReadOnlyList<Provider> providers, IReadOnlySet<string> holders)
    {
        var feeds = new Dictionary<string, WantedFeed>(StringComparer.Ordinal);
        foreach (var recipient in recipients) Add(feeds, recipient, Mergers.HeirOf(recipient, recipients), holders);
        var names = recipients.ToDictionary(recipient => recipient.Key, recipient => recipient.Name);
        foreach (var provider in providers)
            Add(feeds, provider, [.. provider.Recipients.Where(names.ContainsKey).Distinct().Select(key => new FeedMember(key, names[key]))], AudienceClasses.Of(recipients[0]).Id, holders);
        return feeds;
    }

    /// <summary>What a recipient's feeds show is what its heir is given.</summary>
    private static void Add(Dictionary<string, WantedFeed> feeds, Recipient recipient, Recipient heir, IReadOnlySet<string> holders)
    {
        const string Addition = " (geschützt)";
        var (holder, open) = (recipient.Key.ToString(), AudienceClasses.Of(heir).Id);
        var wanted = new WantedFeed(heir.Name, open) { Lane = heir.Key == RecipientKey.Everyone ? null : AudienceClasses.LaneOf(heir.Key).Id };
        feeds[holder] = Mergers.Inherit(wanted, recipient, heir);
        if (!holders.Contains(holder)) return;
        var inner = new WantedFeed(heir.Name + Addition, AudienceClasses.ProtectedOf(heir).Id) { Before = open, Lane = AudienceClasses.ProtectedLaneOf(heir.Key).Id };
        feeds[FeedAddress.ProtectedFeed(holder)] = Mergers.Inherit(inner, recipient, heir, Addition);
    }

    /// <summary>A provider that is new sees what all have seen so far.</summary>
    private static void Add(Dictionary<string, WantedFeed> feeds, Provider provider, IReadOnlyList<FeedMember> members, string before, IReadOnlySet<string> holders)
    {
        var holder = FeedAddress.ProviderFeed(provider.Id);
        feeds[holder] = new WantedFeed(provider.Name, AudienceClasses.Of(provider).Id) { Before = before, Members = members };
        if (holders.Contains(holder))
            feeds[FeedAddress.ProtectedFeed(holder)] = new WantedFeed($"{provider.Name} (geschützt)", AudienceClasses.ProtectedOf(provider).Id) { Before = before, Members = members };
    }
}
