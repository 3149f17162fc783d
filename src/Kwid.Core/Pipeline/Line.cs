using Kwid.Core.Health;
using Kwid.Core.Model;
using Kwid.Core.Sources;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>Our own line in the story of a poll: while it is down no source is blamed, and those that were before that was clear are cleared.</summary>
internal sealed class Line(OwnLine line, IEntryStore store, SourceStates states)
{
    /// <summary>Takes note of how a poll ended, before it is finished.</summary>
    public async Task<LineNews> NoteAsync(Poll poll, CancellationToken cancel)
    {
        if (poll.Source.Url.IsFile || poll.Failure is { IsPostponed: true }) return LineNews.None;
        var reached = poll.Failure is not { Status: null };
        var news = line.Note(poll.Source.Id, poll.Source.Url.Host, reached);
        poll.IsOurLine = !reached && line.DownSince is not null;
        if (news.WentDown) await ClearAsync(poll.Source.Id, line.DownSince!.Value, cancel);
        return news;
    }

    /// <summary>Of failures since the line broke nobody is guilty.</summary>
    private async Task ClearAsync(SourceId polled, DateTimeOffset since, CancellationToken cancel)
    {
        var cleared = states.All
            .Where(state => state.Source != polled && state.LastStatus is null && state.FailingSince >= since)
            .Select(state => (Before: state, After: Cleared(state, since)))
            .Where(pair => states.TryReplace(pair.Before, pair.After))     // one that was polled meanwhile knows better
            .Select(pair => pair.After)
            .ToList();
        if (cleared.Count > 0) await store.SaveSourcesAsync(cleared, cancel);
    }

    private static SourceState Cleared(SourceState state, DateTimeOffset since)
    {
        var innocent = state with { Failures = 0, Outages = [.. state.Outages.Where(outage => outage.Start < since)] };
        return innocent with { Condition = ConditionJudge.Judge(innocent with { Error = null }, isFeed: true, state.LastPoll ?? since) };
    }
}
