using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>What mergers of municipalities change of the feeds that are wanted (P9): a merged recipient's feeds live on, with their ids, and show their successor's content.</summary>
public static class Mergers
{
    /// <summary>Whose content a recipient's feeds show: its own, or its successor's.</summary>
    /// <param name="recipient">One of them.</param>
    /// <param name="all">All recipients.</param>
    public static Recipient HeirOf(Recipient recipient, IReadOnlyCollection<Recipient> all) =>
        recipient.Successor is { } key ? all.FirstOrDefault(other => other.Key == key) ?? recipient : recipient;

    /// <summary>The feed of a recipient that shows what its heir's would.</summary>
    /// <param name="heirs">As if it were the heir's own.</param>
    /// <param name="recipient">Whose it is.</param>
    /// <param name="heir">The same, if it was not merged.</param>
    /// <param name="addition">Behind its name.</param>
    public static WantedFeed Inherit(WantedFeed heirs, Recipient recipient, Recipient heir, string addition = "") => recipient.Key == heir.Key
        ? heirs
        : heirs with { Name = $"{recipient.Name} (jetzt {heir.Name}){addition}", Successor = new Succession(recipient.Name, heir.Key, heir.Name) };

    /// <summary>Those whom a provider serves in their own right: of a merged one nothing is told any more, and its successor may be served by others.</summary>
    public static Provider Served(Provider provider, IReadOnlyCollection<Recipient> all) =>
        provider with { Recipients = [.. provider.Recipients.Where(key => !all.Any(recipient => recipient.Key == key && recipient.Successor is not null))] };

    /// <summary>The changes of an edition with the successors that are wanted; feeds whose successor alone is another get a change of their own.</summary>
    internal static IReadOnlyList<FeedChange> Note(IReadOnlyList<FeedChange> changes, IReadOnlyDictionary<string, WantedFeed> wanted, Shelf shelf)
    {
        var planned = changes.Select(change => change.Feed).ToHashSet(StringComparer.Ordinal);
        var others = wanted.Where(pair => !planned.Contains(pair.Key) && shelf.MergerOf(pair.Key)?.Successor != pair.Value.Successor);
        return
        [
            .. changes.Select(change => change with { Successor = change.Ended ? null : wanted.GetValueOrDefault(change.Feed)?.Successor }),
            .. others.Select(pair => new FeedChange(pair.Key, pair.Value.Name, null, Ended: false) { Successor = pair.Value.Successor }),
        ];
    }
}
