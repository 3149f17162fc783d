using Kwid.Core.Health;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Core.Pipeline;

/// <summary>Our own line in the story of a poll: while it is down no source is blamed, and those that were before that was clear are cleared.</summary>
internal sealed class Line(OwnLine line, SourceStates states)
{
    /// <summary>Takes note of how a poll ended, before its report is made. What was not asked, or refused by ourselves, says nothing.</summary>
    public LineNews Note(Poll poll, SourceTurns turns)
    {
        if (poll.Source.Url.IsFile || poll.Failure is { Status: null, IsUnreached: false }) return LineNews.None;
        var reached = poll.Failure is not { IsUnreached: true };
        var news = line.Note(poll.Source.Id, poll.Source.Url.Host, reached, poll.Started);
        poll.IsOurLine = !reached && line.DownSince is not null;
        if (news.WentDown) Clear(poll.Source.Id, line.DownSince!.Value, turns);
        return news;
    }

    /// <summary>Of failures since the line broke nobody is guilty. A source that was polled meanwhile knows better.</summary>
    private void Clear(SourceId polled, DateTimeOffset since, SourceTurns turns)
    {
        foreach (var state in states.All.Where(state => state.Source != polled && state.LastStatus is null && state.FailingSince >= since))
            if (states.TryReplace(state, Cleared(state, since))) turns.Write(state.Source);
    }

    private static SourceState Cleared(SourceState state, DateTimeOffset since)
    {
        var innocent = state with { Failures = 0, Outages = [.. state.Outages.Where(outage => outage.Start < since)] };
        return innocent with { Condition = ConditionJudge.Judge(innocent with { Error = null }, isFeed: true, state.LastPoll ?? since) };
    }
}
