using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Decides when recipients are told that <c>must</c> sources are out of reach, and when that is over. Pure.</summary>
public static class OutageNotices
{
    /// <summary>So long a source must have been answered without a failure before it counts as back: one that flickers is not.</summary>
    private static readonly TimeSpan Proof = TimeSpan.FromHours(1);

    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(5);

    /// <summary>Whether recipients are told of it: a <c>must</c> source that is asked, and whose documents reach all of them. Of any other they must not even know.</summary>
    public static bool MayTell(Source source, IReadOnlyCollection<AudienceClass> classes) =>
        source is { IsPolled: true, Class: SourceClass.Must, Deliver: Delivery.Always } && classes.All(@class => DisclosureRule.MayLeave(source.Tlp, @class.Ceiling));

    /// <summary>The notice that should stand now.</summary>
    /// <param name="last">The newest one told, open or closed; null before the first.</param>
    /// <param name="must">Sources of class <c>must</c> that are asked, each with its state.</param>
    /// <param name="after">How long a source fails before anyone is told.</param>
    /// <param name="now">UTC.</param>
    /// <returns>The open one as it should be now, perhaps closed; a new one; null when none is open and none is to begin.</returns>
    public static OutageNotice? Next(OutageNotice? last, IReadOnlyList<(Source Source, SourceState State)> must, TimeSpan after, DateTimeOffset now)
    {
        var down = must.Where(each => IsDown(each.State, after, now)).ToList();
        if (last is { End: null }) return Continue(last, must, down, now);
        if (down.Count == 0) return null;

        var first = down.Min(each => each.State.FailingSince!.Value);
        var start = new DateTimeOffset(first.UtcTicks - (first.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (last is not null && start <= last.Start) start = last.Start.AddMinutes(1);
        return new OutageNotice(start, [.. down.Select(Noticed)], null);
    }

    /// <summary>Whether both say the same.</summary>
    public static bool AreSame(OutageNotice a, OutageNotice b) => a.Start == b.Start && a.End == b.End && a.Sources.SequenceEqual(b.Sources);

    private static OutageNotice Continue(
        OutageNotice open, IReadOnlyList<(Source Source, SourceState State)> must, IEnumerable<(Source Source, SourceState State)> down, DateTimeOffset now)
    {
        var states = must.ToDictionary(each => each.Source.Id, each => each.State);
        var sources = open.Sources.Select(noticed => noticed.Until is null ? After(noticed, states.GetValueOrDefault(noticed.Source), now) : noticed).ToList();
        sources.AddRange(down.Where(each => !sources.Exists(noticed => noticed.Source == each.Source.Id && noticed.Until is null)).Select(Noticed));
        if (sources.TrueForAll(noticed => noticed.Until is not null))
        {
            // One that was back for an hour and fails again keeps it open: nothing is over before all are well.
            sources = [.. sources.Select(noticed => IsLast(noticed, sources) && IsShaky(states.GetValueOrDefault(noticed.Source), now) ? noticed with { Until = null, Dropped = false } : noticed)];
        }

        return open with { Sources = sources, End = sources.TrueForAll(noticed => noticed.Until is not null) ? sources.Max(noticed => noticed.Until) : null };
    }

    private static NoticedSource After(NoticedSource noticed, SourceState? state, DateTimeOffset now)
    {
        if (state is null) return noticed with { Until = now, Dropped = true };
        return BackSince(state, now) is { } back ? noticed with { Until = back } : noticed;
    }

    private static bool IsLast(NoticedSource noticed, List<NoticedSource> sources) => ReferenceEquals(noticed, sources.FindLast(other => other.Source == noticed.Source));

    private static bool IsShaky(SourceState? state, DateTimeOffset now) => state is not null && BackSince(state, now) is null;

    /// <summary>Out of reach, by whose fault ever: our own line's, too. A poll that is overdue was not made, since we did not run ourselves: it has to fail once more before anyone is told.</summary>
    private static bool IsDown(SourceState state, TimeSpan after, DateTimeOffset now) =>
        state.FailingSince <= now - after && !(state.NextPoll < now - Overdue);

    /// <summary>Since when it has been answered without a failure; null when that is not yet an hour. A state that began anew was never failing.</summary>
    private static DateTimeOffset? BackSince(SourceState state, DateTimeOffset now) =>
        state.FailingSince is null && (state.AnsweringSince ?? state.FirstPollDone) is { } since && since <= now - Proof ? since : null;

    private static NoticedSource Noticed((Source Source, SourceState State) each) => new(
        each.Source.Id,
        each.Source.Name,
        PageOf(each.Source),
        each.State.FailingSince!.Value,
        null,
        Dropped: false);

    /// <summary>Where anybody may look; null where the address is confidential, or leads into somebody's own network.</summary>
    private static string? PageOf(Source source) =>
        !source.IsAddressConfidential && PublicHosts.Has(source.Url) ? source.Url.GetLeftPart(UriPartial.Scheme) + source.Url.Authority + "/" : null;
}
