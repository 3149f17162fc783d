using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Feeds that begin, change or end, so that the shelf has what the configuration names. Reads the shelf, changes nothing.</summary>
internal static class FeedPlanner
{
    /// <summary>What an edition changes of feeds.</summary>
    /// <param name="shelf">Has those that there are.</param>
    /// <param name="wanted">By feed part.</param>
    /// <param name="edition">Number of the edition that will carry the changes.</param>
    /// <param name="entering">Classes whose logs grow with it.</param>
    public static IReadOnlyList<FeedChange> Plan(Shelf shelf, IReadOnlyDictionary<string, WantedFeed> wanted, int edition, IReadOnlySet<string> entering)
    {
        var present = shelf.Feeds;
        return Mergers.Note(
        [
            .. wanted.SelectMany(pair => present.TryGetValue(pair.Key, out var now) ? Change(pair.Key, pair.Value, now, edition) : Begin(shelf, pair.Key, pair.Value, edition)),
            .. wanted.SelectMany(pair => OpenLane(shelf, pair.Key, pair.Value, present.GetValueOrDefault(pair.Key), edition, entering)),
            .. present.Where(pair => !wanted.ContainsKey(pair.Key)).Select(pair => new FeedChange(pair.Key, pair.Value.Name, null, Ended: true))
        ], wanted, shelf);
    }

    private static IEnumerable<FeedChange> Change(string feed, WantedFeed want, StandingFeed now, int edition)
    {
        var members = want.Members is null || (now.Members is not null && want.Members.SequenceEqual(now.Members)) ? null : want.Members;
        var segment = now.Class == want.Class ? null : new Segment(want.Class, edition);
        if (segment is not null || members is not null || now.Name != want.Name) yield return new FeedChange(feed, want.Name, segment, Ended: false) { Members = members };
    }

    /// <summary>A feed that returns goes on; a new one shows what its neighbours saw.</summary>
    private static IEnumerable<FeedChange> Begin(Shelf shelf, string feed, WantedFeed want, int edition)
    {
        var start = shelf.Knows(feed) ? edition : shelf.WindowStart(want.Class) ?? edition;
        if (!shelf.Knows(feed) && want.Before is { } before && shelf.WindowStart(before) is { } earlier && earlier < start)
            yield return new FeedChange(feed, want.Name, new Segment(before, earlier), Ended: false);
        yield return new FeedChange(feed, want.Name, new Segment(want.Class, start), Ended: false) { Members = want.Members };
    }

    /// <summary>Feeds share what they show until something is addressed to the recipient of one.</summary>
    private static IEnumerable<FeedChange> OpenLane(Shelf shelf, string feed, WantedFeed want, StandingFeed? now, int edition, IReadOnlySet<string> entering)
    {
        if (want.Lane is not { } lane || now?.Lane == lane) yield break;
        // One that begins or returns shows what was addressed to its recipient meanwhile. What was opened for another recipient ends at once.
        var start = now is null && shelf.HasLog(lane) ? shelf.WindowStart(lane) : null;
        if (start is null && !entering.Contains(lane) && !shelf.HasLog(lane) && now?.Lane is null) yield break;
        yield return new FeedChange(feed, want.Name, new Segment(lane, start ?? edition) { Beside = true }, Ended: false);
    }
}
