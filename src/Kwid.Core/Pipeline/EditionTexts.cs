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
    /// between, under a closer label perhaps, must not be told. An advisory's first bears none but what its publisher's own history tells.
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
            var shown = await GetAsync(key, cancel);
            var news = before == 0 ? [] : ChangeRules.Compare((await GetAsync(key with { Number = before }, cancel)).Entry, shown.Entry);
            texts[key] = shown with { Changes = [.. news, .. await HistoryAsync(shown, before, cancel)] };
        }

        return texts;
    }

    /// <summary>What the publisher's history told since then, in its own words: no comparison finds that. Only what stands in the history that is shown.</summary>
    private async Task<List<Change>> HistoryAsync(Revision shown, int before, CancellationToken cancel)
    {
        var told = new List<Change>();
        if (shown.Entry.History.Count == 0) return told;
        var summaries = shown.Entry.History.Select(item => item.Summary).ToHashSet(StringComparer.Ordinal);
        for (var number = before + 1; number <= shown.Key.Number; number++)
        {
            var between = number == shown.Key.Number ? shown : await store.FindRevisionAsync(shown.Key with { Number = number }, cancel);
            told.AddRange(between?.Changes.Where(change => change is { Field: "history", After: { } summary } && summaries.Contains(summary)) ?? []);
        }

        return [.. told.Distinct()];
    }

    /// <summary>A text as it was published earlier; where the shelf's is damaged, as it is stored, without its news.</summary>
    public async Task<Revision> PublishedAsync(RevisionKey key, CancellationToken cancel) =>
        shelf.FindText(key) ?? await GetAsync(key, cancel) with { Changes = [] };

    private async Task<Revision> GetAsync(RevisionKey key, CancellationToken cancel) =>
        await store.FindRevisionAsync(key, cancel) ?? throw new StoreException($"Revision {key.Number} of {key.Advisory} is published but not stored; restore the last backup.");
}
