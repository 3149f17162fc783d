using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>The texts that an edition shows. Made from the store alone, so that a rebuilt shelf is the same.</summary>
internal sealed class EditionTexts(IEntryStore store, Shelf shelf)
{
    /// <summary>
    /// The texts that rows show for the first time. Each bears the changes against the revision that was published before: what stood only in
    /// between, under a closer label perhaps, must not be told. What no revision in between called news is none. An advisory's first bears none but, of one that was
    /// listed before, what its publisher's own history tells since.
    /// </summary>
    /// <param name="rows">Of one edition.</param>
    /// <param name="authored">What Kwid wrote itself for it.</param>
    /// <param name="cancel">Stops reading.</param>
    public async Task<Dictionary<RevisionKey, Revision>> OfAsync(IEnumerable<(PublicationKind Kind, RevisionKey Revision)> rows, IReadOnlyList<Revision> authored, CancellationToken cancel)
    {
        var texts = authored.ToDictionary(revision => revision.Key);
        foreach (var key in rows.Where(row => row.Kind is not PublicationKind.Withdrawal).Select(row => row.Revision).Distinct())
        {
            var before = shelf.LastPublications(key.Advisory).Values.Select(row => row.Revision.Number).DefaultIfEmpty(0).Max();
            if (before == key.Number || texts.ContainsKey(key)) continue;
            // Of what retention took nothing is shown any more.
            if (await store.FindRevisionAsync(key, cancel) is { IsBared: false } shown) texts[key] = await ShownAsync(shown, before, cancel);
        }

        return texts;
    }

    /// <summary>The shelf's damaged texts as they were; without those that retention has taken, which are no longer expected.</summary>
    public async Task<IReadOnlyList<Revision>> MendedAsync(CancellationToken cancel)
    {
        var mended = new List<Revision>();
        foreach (var key in shelf.Damaged)
        {
            var before = shelf.PublicationsOf([key.Advisory]).Select(each => each.Row.Revision.Number).Where(number => number < key.Number).DefaultIfEmpty(0).Max();
            if (shelf.FindAuthored(key) is { } authored) mended.Add(authored);
            else if (await store.FindRevisionAsync(key, cancel) is not { } shown) continue;
            else if (shown.IsBared) shelf.GiveUp(key);
            else mended.Add(await ShownAsync(shown, before, cancel));
        }

        return mended;
    }

    /// <summary>A text with its changes against the revision that was published before; 0: none was.</summary>
    private async Task<Revision> ShownAsync(Revision shown, int before, CancellationToken cancel)
    {
        var between = await BetweenAsync(shown, before, cancel);
        var compared = before == 0 ? null : await store.FindRevisionAsync(shown.Key with { Number = before }, cancel);
        var changes = before == 0 ? [] : compared is null ? Told(between) : Changes(compared.Entry, shown.Entry);
        return shown with { Changes = [.. changes.Select(change => Named(change, between)), .. before > 0 || IsListed(between) ? History(shown.Entry, between) : []] };
    }

    /// <summary>What stood under a closer label, or was addressed to others, where not all feeds showed it, is told to none, but for the label itself: the text is the same for all.</summary>
    private static IReadOnlyList<Change> Changes(Entry before, Entry shown)
    {
        var changes = ChangeRules.Compare(before, shown);
        return before.Tlp > shown.Tlp || (shown.Tlp > DisclosureRule.CapabilityCeiling && !before.Recipients.SequenceEqual(shown.Recipients)) ? [.. changes.Where(change => change.Field == "tlp")] : changes;
    }

    /// <summary>Where what was published is kept no longer: what the revisions said of themselves, and under changing labels nothing but these.</summary>
    private static List<Change> Told(List<Change> between) => between.Exists(change => change.Field is "tlp" or "recipients") ? between.FindAll(change => change.Field == "tlp") : between;

    /// <summary>The changes of all revisions since the one that was published, the shown one's included.</summary>
    private async Task<List<Change>> BetweenAsync(Revision shown, int before, CancellationToken cancel)
    {
        var between = new List<Change>();
        for (var number = before + 1; number < shown.Key.Number; number++)
            between.AddRange((await store.FindRevisionAsync(shown.Key with { Number = number }, cancel))?.Changes ?? []);
        return [.. between, .. shown.Changes];
    }

    /// <summary>What a source that joined had said all along was told as such, and is no news here either.</summary>
    private static Change Named(Change change, List<Change> between) =>
        change.News is null || between.Exists(one => one.News == change.News) ? change : change with { Rule = change.Rule + "-told", News = null };

    private static bool IsListed(List<Change> between) => between.Exists(change => change.Rule == "listed");

    /// <summary>What the publisher's history told since then, in its own words: no comparison finds that. Only what stands in the history that is shown.</summary>
    private static IEnumerable<Change> History(Entry shown, List<Change> between)
    {
        var summaries = shown.History.Select(item => item.Summary).ToHashSet(StringComparer.Ordinal);
        return between.Where(change => change is { Field: "history", After: { } summary } && summaries.Contains(summary) && !change.Rule.EndsWith("-told", StringComparison.Ordinal)).Distinct();
    }

    /// <summary>A text as it was published earlier; where the shelf's is damaged, as it is stored, without its news.</summary>
    public async Task<Revision> PublishedAsync(RevisionKey key, CancellationToken cancel) =>
        shelf.FindText(key) ?? await GetAsync(key, cancel) with { Changes = [] };

    private async Task<Revision> GetAsync(RevisionKey key, CancellationToken cancel) =>
        await store.FindRevisionAsync(key, cancel) ?? throw new StoreException($"Revision {key.Number} of {key.Advisory} is published but not stored; restore the last backup.");
}
