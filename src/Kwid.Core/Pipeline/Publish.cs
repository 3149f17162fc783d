using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>The second story: what is pending becomes an edition, in the store first, then on the shelf. One run at a time.</summary>
/// <param name="store">Has what is pending.</param>
/// <param name="shelf">Shows editions.</param>
/// <param name="clock">Stops publishing while the clock is wrong; null where the clock is set on purpose.</param>
/// <param name="time">Gives editions their instants.</param>
/// <param name="states">How the sources fare: what is usual for each, and which are out of reach; null: nothing is known of them.</param>
/// <param name="toldBy">Finds an advisory that refers to this one, among the delivered ones; null: nothing is known of references.</param>
/// <param name="aliasesOf">Those that turned out to be this one; null: none ever did.</param>
/// <param name="namedWithEqualCvesBy">Advisories that refer to this one and name the same CVEs; null: nothing is known of references.</param>
public sealed class Publish(
    IEntryStore store, Shelf shelf, ClockWatch? clock, TimeProvider time, SourceStates? states = null,
    Func<AdvisoryId, Func<AdvisoryId, bool>, AdvisoryId?>? toldBy = null, Func<AdvisoryId, IReadOnlyList<AdvisoryId>>? aliasesOf = null,
    Func<AdvisoryId, IReadOnlyList<AdvisoryId>>? namedWithEqualCvesBy = null) : IDisposable
{
    /// <summary>As far behind the last edition the clock may be in good order: editions that follow each other quickly run ahead of it.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(1);

    private readonly EditionPlanner _planner = new(shelf, toldBy, aliasesOf);
    private readonly EditionTexts _texts = new(store, shelf);
    private readonly Digests _digests = new(shelf, new EditionTexts(store, shelf), states);
    private readonly Notices _notices = new(shelf, states);
    private readonly SemaphoreSlim _turn = new(1);
    private bool _mayBeBehind;

    /// <summary>Why nothing is published now; null when nothing is in the way.</summary>
    public string? Fault => clock?.Fault;

    /// <summary>Publishes what is pending, and what the configuration changes of the feeds themselves. Null when there is nothing to say, or <see cref="Fault"/> is in the way.</summary>
    /// <param name="audience">From the configuration in force.</param>
    /// <param name="withPending">False before the opening: feeds exist, their history still gathers.</param>
    /// <param name="cancel">Stops before the edition is written, never within.</param>
    public async Task<Edition?> RunAsync(Audience audience, bool withPending, CancellationToken cancel)
    {
        if (Fault is not null) return null;
        await _turn.WaitAsync(cancel);
        try
        {
            if (_mayBeBehind) await ShowMissingAsync(audience, cancel);
            var pending = withPending ? await store.ReadPendingAsync(cancel) : [];
            var number = (shelf.Last?.Number ?? 0) + 1;
            var instant = EditionClock.Next(shelf.Last?.Instant, time.GetUtcNow());
            // While the clock is behind what was published, no waiting can be measured by it.
            var mayWait = instant - time.GetUtcNow() < Behind;
            IReadOnlyList<EditionPlan> plans = [.. _planner.Plan(pending, audience.Roll, audience.Sources, instant).Where(plan => !(plan.Waits && mayWait))];
            var texts = await _texts.OfAsync(plans.SelectMany(plan => plan.Rows).Select(row => (row.Kind, row.Revision)), [], cancel);
            plans = _digests.Collect(Quiet(plans, texts, audience), pending, audience.Sources, number);
            if (audience.Collapses && namedWithEqualCvesBy is not null) plans = Collapse.Apply(plans, shelf, namedWithEqualCvesBy);
            var digests = await _digests.WriteAsync(plans, texts, instant, cancel);
            IReadOnlyList<AuthoredPlan> authored = withPending && _notices.Plan(audience, time.GetUtcNow(), instant) is { } notice ? [.. digests, notice] : digests;
            IReadOnlyList<Revision> written = [.. authored.Select(plan => plan.Text).OfType<Revision>()];
            foreach (var text in written) texts[text.Key] = text;
            var mended = await _texts.MendedAsync(cancel);
            var moved = MembershipPlanner.Plan(shelf, audience.Feeds, audience.Roll, plans);
            IReadOnlyList<PlannedRow> rows = [.. plans.SelectMany(plan => plan.Rows), .. authored.SelectMany(plan => plan.Rows), .. moved, .. Collapse.Freed(plans, shelf)];
            var edition = new Edition(
                number, instant,
                Rows(rows, instant, key => texts.GetValueOrDefault(key) ?? shelf.FindText(key), audience.Builder),
                FeedPlanner.Plan(shelf, audience.Feeds, number, rows.Where(HasInstant).Select(row => row.Class).ToHashSet(StringComparer.Ordinal)),
                audience.Builder.Look == shelf.LastLook && mended.Count == 0 ? null : audience.Builder.Look)
            {
                Authored = written,
            };

            var empty = edition.Publications.Count == 0 && edition.Feeds.Count == 0 && edition.Look is null;
            var decided = Decided(pending, plans);
            if (empty && decided.Count == 0) return null;
            // Whoever loses the answer does not know whether it has happened.
            _mayBeBehind = true;
            await store.PublishAsync(empty ? null : edition, decided, CancellationToken.None);
            if (!empty) shelf.Append(edition, [.. texts.Values, .. mended], audience.Builder);
            _mayBeBehind = false;
            if (empty) return null;
            return edition;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Brings the shelf level with the store: after a start, a crash between the two, or a lost folder. A shelf whose last edition is not the store's is made anew.</summary>
    /// <returns>Why it was made anew, English, for the operator; null when it was not.</returns>
    public async Task<string?> CatchUpAsync(Audience audience, (int Number, DateTimeOffset Instant)? stored, CancellationToken cancel)
    {
        string? foreign = null;
        if (shelf.Last is { } last && !await IsStoredAsync(last.Number, cancel))
        {
            foreign = stored?.Number is var newest && newest < last.Number
                ? $"editions {newest + 1} to {last.Number} were published and are not in the store, which is older than the shelf"
                : $"edition {last.Number} was published and is another one in the store";
            shelf.Clear();
        }

        await ShowMissingAsync(audience, cancel);
        return foreign;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<bool> IsStoredAsync(int number, CancellationToken cancel)
    {
        await foreach (var edition in store.ReadEditionsAsync(number - 1, cancel)) return shelf.Shows(edition);
        return false;
    }

    /// <summary>Shows what the store has and the shelf does not.</summary>
    private async Task ShowMissingAsync(Audience audience, CancellationToken cancel)
    {
        await foreach (var edition in store.ReadEditionsAsync(shelf.Last?.Number ?? 0, cancel))
        {
            var texts = await _texts.OfAsync(edition.Publications.Select(row => (row.Kind, row.Revision)), edition.Authored, cancel);
            shelf.Append(edition, [.. texts.Values], audience.Builder);
        }

        _mayBeBehind = false;
    }

    /// <summary>Does something while no edition is made.</summary>
    public async Task<T> BetweenEditionsAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The plans without bells for news that were gathered and came to nothing, such as a severity that rose and fell again.</summary>
    private IReadOnlyList<EditionPlan> Quiet(IReadOnlyList<EditionPlan> plans, Dictionary<RevisionKey, Revision> texts, Audience audience)
    {
        return [.. plans.Select(plan => plan with { Rows = [.. plan.Rows.Select(row => IsNews(row) ? row : row with { Kind = PublicationKind.Update, Rule = null, TakesBack = false })] })];

        bool IsNews(PlannedRow row) =>
            row.Rule is null || shelf.LastPublications(row.Revision.Advisory).GetValueOrDefault(row.Class) is not { Kind: not PublicationKind.Withdrawal }
            || Materiality.RuleOf(texts[row.Revision].Changes, audience.Roll.Get(row.Class).Subscription) is not null;
    }

    private IReadOnlyList<Publication> Rows(IReadOnlyList<PlannedRow> rows, DateTimeOffset instant, Func<RevisionKey, Revision?> textOf, FeedBuilder builder)
    {
        var instants = Instants([.. rows.Where(HasInstant).Select(row => row.Revision).Distinct().Select(key => textOf(key)!)], instant);
        return [.. from row in rows
                   let rings = HasInstant(row)
                   let publication = new Publication(row.Class, row.Revision, row.Kind, rings ? instants[row.Revision.Advisory] : instant, 0, row.Reason) { Digest = row.Digest, Within = row.Within, Rule = row.Rule, TakesBack = row.TakesBack, Concerns = row.Concerns }
                   orderby publication.Instant
                   select rings ? publication with { Size = builder.Measure(publication, textOf(row.Revision)!) } : publication];
    }

    /// <summary>What is told inside another's entry is an entry itself in a feed that does not show that one.</summary>
    private static bool HasInstant(PlannedRow row) => row.Kind is PublicationKind.Entry or PublicationKind.Inside;

    /// <summary>When each ringing advisory is published: the opening tells history by the upstream's dates, later editions put the most urgent on top.</summary>
    private Dictionary<AdvisoryId, DateTimeOffset> Instants(IReadOnlyList<Revision> ringing, DateTimeOffset edition)
    {
        var byDate = ringing.OrderBy(NewsAt).ToList();
        var order = shelf.HasOpened ? byDate.OrderBy(shown => Materiality.IsUrgent(shown.Entry)).ThenBy(shown => shown.Entry.Severity ?? Severity.Medium).ToList() : byDate;
        var instants = shelf.HasOpened
            ? EditionClock.Instants(shelf.Last?.Instant, edition, order.Count)
            : EditionClock.Opening([.. order.Select(NewsAt)], edition);
        return order.Zip(instants).ToDictionary(pair => pair.First.Key.Advisory, pair => pair.Second);
    }

    /// <summary>The publisher's date of what is told.</summary>
    private static DateTimeOffset NewsAt(Revision shown) => shown.NewsAt ?? shown.Entry.UpstreamDate ?? shown.SeenAt;

    /// <summary>What waits is not decided, and comes again with the next run.</summary>
    private static List<KeyValuePair<RevisionKey, RevisionStage>> Decided(IReadOnlyList<Revision> pending, IReadOnlyList<EditionPlan> plans)
    {
        var stages = plans.ToDictionary(plan => plan.Shown.Key.Advisory, plan => plan.Held ? RevisionStage.Held : RevisionStage.Published);
        return [.. from revision in pending where stages.ContainsKey(revision.Key.Advisory) select KeyValuePair.Create(revision.Key, stages[revision.Key.Advisory])];
    }
}
