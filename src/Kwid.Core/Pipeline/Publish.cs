using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>The second story: what is pending becomes an edition, in the store first, then on the shelf. One run at a time.</summary>
/// <param name="store">Has what is pending.</param>
/// <param name="shelf">Shows editions.</param>
/// <param name="clock">Stops publishing while the clock is wrong; null where the clock is set on purpose.</param>
/// <param name="time">Gives editions their instants.</param>
public sealed class Publish(IEntryStore store, Shelf shelf, ClockWatch? clock, TimeProvider time) : IDisposable
{
    private readonly EditionPlanner _planner = new(shelf);
    private readonly SemaphoreSlim _turn = new(1);

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
            var pending = withPending ? await store.ReadPendingAsync(cancel) : [];
            var plans = _planner.Plan(pending, audience.Classes, audience.Sources);
            var number = (shelf.Last?.Number ?? 0) + 1;
            var instant = EditionClock.Next(shelf.Last?.Instant, time.GetUtcNow());
            var texts = await TextsAsync(plans.SelectMany(plan => plan.Rows), cancel);
            var edition = new Edition(
                number, instant,
                Rows(plans, instant, texts, audience.Builder),
                _planner.PlanFeeds(audience.Feeds, number),
                audience.Builder.Look == shelf.LastLook ? null : audience.Builder.Look);

            var empty = edition.Publications.Count == 0 && edition.Feeds.Count == 0 && edition.Look is null;
            if (empty && pending.Count == 0) return null;
            await store.PublishAsync(empty ? null : edition, Decided(pending, plans), CancellationToken.None);
            if (empty) return null;
            shelf.Append(edition, [.. texts.Values], audience.Builder);
            return edition;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Brings the shelf level with the store: after a start, a crash between the two, or a lost folder.</summary>
    /// <returns>How many editions were missing.</returns>
    public async Task<int> CatchUpAsync(Audience audience, (int Number, DateTimeOffset Instant)? stored, CancellationToken cancel)
    {
        var foreign = shelf.Last is { } last && (stored is not { } newest || newest.Number < last.Number || (newest.Number == last.Number && newest.Instant != last.Instant));
        if (foreign) shelf.Clear();
        var missing = 0;
        await foreach (var edition in store.ReadEditionsAsync(shelf.Last?.Number ?? 0, cancel))
        {
            var texts = await TextsAsync(edition.Publications.Select(row => new PlannedRow(row.Class, row.Kind, row.Revision, row.Reason)), cancel);
            shelf.Append(edition, [.. texts.Values], audience.Builder);
            missing++;
        }

        return missing;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private IReadOnlyList<Publication> Rows(IReadOnlyList<EditionPlan> plans, DateTimeOffset instant, IReadOnlyDictionary<RevisionKey, Revision> texts, FeedBuilder builder)
    {
        var instants = Instants(plans, instant);
        return [.. from plan in plans
                   from row in plan.Rows
                   let rings = row.Kind is PublicationKind.Entry
                   let publication = new Publication(row.Class, row.Revision, row.Kind, rings ? instants[plan.Shown.Key.Advisory] : instant, 0, row.Reason)
                   orderby publication.Instant
                   select rings ? publication with { Size = builder.Measure(publication, texts[row.Revision]) } : publication];
    }

    /// <summary>When each ringing advisory is published: the opening tells history by the upstream's dates, later editions put the most urgent on top.</summary>
    private Dictionary<AdvisoryId, DateTimeOffset> Instants(IReadOnlyList<EditionPlan> plans, DateTimeOffset edition)
    {
        var byDate = plans.Where(plan => plan.Rings).OrderBy(plan => plan.Shown.Entry.UpstreamDate ?? plan.Shown.SeenAt).ToList();
        var order = shelf.HasOpened ? byDate.OrderBy(plan => plan.Shown.Entry.Severity ?? Severity.Medium).ToList() : byDate;
        var instants = shelf.HasOpened
            ? EditionClock.Instants(shelf.Last?.Instant, edition, order.Count)
            : EditionClock.Opening([.. order.Select(plan => plan.Shown.Entry.UpstreamDate ?? plan.Shown.SeenAt)], edition);
        return order.Zip(instants).ToDictionary(pair => pair.First.Shown.Key.Advisory, pair => pair.Second);
    }

    private static List<KeyValuePair<RevisionKey, RevisionStage>> Decided(IReadOnlyList<Revision> pending, IReadOnlyList<EditionPlan> plans)
    {
        var held = plans.Where(plan => plan.Held).Select(plan => plan.Shown.Key.Advisory).ToHashSet();
        return [.. pending.Select(revision => KeyValuePair.Create(revision.Key, held.Contains(revision.Key.Advisory) ? RevisionStage.Held : RevisionStage.Published))];
    }

    /// <summary>
    /// The texts that rows show for the first time. Each bears the changes against the revision that was published before: what stood only in
    /// between, under a closer label perhaps, must not be told. An advisory's first bears none. Made from the store alone, so that a rebuilt shelf is the same.
    /// </summary>
    private async Task<IReadOnlyDictionary<RevisionKey, Revision>> TextsAsync(IEnumerable<PlannedRow> rows, CancellationToken cancel)
    {
        var texts = new Dictionary<RevisionKey, Revision>();
        foreach (var key in rows.Where(row => row.Kind is not PublicationKind.Withdrawal).Select(row => row.Revision).Distinct())
        {
            var before = shelf.LastPublications(key.Advisory).Values.Select(row => row.Revision.Number).DefaultIfEmpty(0).Max();
            if (before == key.Number) continue;
            var shown = await GetAsync(key, cancel);
            var news = before == 0 ? [] : ChangeRules.Compare((await GetAsync(key with { Number = before }, cancel)).Entry, shown.Entry);
            texts[key] = shown with { Changes = news };
        }

        return texts;
    }

    private async Task<Revision> GetAsync(RevisionKey key, CancellationToken cancel) =>
        await store.FindRevisionAsync(key, cancel) ?? throw new StoreException($"Revision {key.Number} of {key.Advisory} is published but not stored; restore the last backup.");
}
