using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

// What retention takes from the shelf.
public sealed partial class Shelf
{
    /// <summary>What retention may take, as things are now.</summary>
    /// <param name="texts">Texts published since then are kept.</param>
    /// <param name="publications">Publications since then are kept.</param>
    public ForgettingPlan PlanForgetting(DateTimeOffset texts, DateTimeOffset publications)
    {
        lock (_writing)
            return new ForgettingPlanner(_editions, [.. _feeds.Values.Select(feed => feed.View.Snapshot).Distinct()], _digests.In, texts, publications).Plan();
    }

    /// <summary>Takes what a plan gives free, on disk and in memory; call it once the store has done the same. Windows and their validators stay as they are.</summary>
    /// <returns>How many texts went.</returns>
    /// <exception cref="IOException">The disk takes no second copy of the shelf: all is as before.</exception>
    public int Forget(ForgettingPlan plan)
    {
        lock (_writing)
        {
            WriteDown();
            if (_behind.Count > 0) throw new IOException(DiskFault);
            var gone = _places.Keys.Where(key => !plan.Needs(key)).ToList();
            if (gone.Count == 0 && plan.Editions.Count == 0) return 0;
            var left = _editions.ToArray();
            foreach (var edition in plan.Editions) left[edition.Number - 1] = edition;
            foreach (var text in _files.Replace(left, _places.Values.Where(text => plan.Needs(text.Place.Key)).OrderBy(text => text.Place.Offset), Damage)) _places[text.Place.Key] = text;
            foreach (var key in gone) _places.TryRemove(key, out _);
            Remember(left, plan.Forgotten);
            return gone.Count;
        }
    }

    private void Damage(RevisionKey key)
    {
        ReadFault = $"revision {key.Number} of {key.Advisory}: its text is damaged";
        _damaged[key] = true;
    }

    private void Remember(IReadOnlyList<Edition> left, IReadOnlySet<AdvisoryId> forgotten)
    {
        _editions.Clear();
        _editions.AddRange(left);
        foreach (var id in forgotten)
        {
            _last.TryRemove(id, out _);
            _rung.TryRemove(id, out _);
        }

        _digests.Clear();
        foreach (var row in left.SelectMany(edition => edition.Publications).Where(row => !row.IsForgotten)) _digests.TakeIn(row);
        foreach (var view in _views.Values) view.Forget(forgotten);
        Settle();
    }
}
