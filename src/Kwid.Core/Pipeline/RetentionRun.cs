using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>One run of retention: what it goes by, and what it came to so far.</summary>
/// <param name="policy">How long what is kept.</param>
/// <param name="now">When it began.</param>
/// <param name="waiting">Revisions that are still to be published.</param>
internal sealed class RetentionRun(RetentionPolicy policy, DateTimeOffset now, IReadOnlySet<RevisionKey> waiting)
{
    private readonly DateTimeOffset _texts = now - policy.Texts;
    private readonly DateTimeOffset _publications = now - policy.Publications;
    private ForgettingPlan? _plan;

    public int Bared { get; private set; }

    public int Removed { get; private set; }

    public int Editions { get; set; }

    public string? Fault { get; set; }

    /// <summary>What may go as things are: made anew whenever an edition was published meanwhile.</summary>
    public ForgettingPlan PlanFor(Shelf shelf) => _plan is { } plan && plan.Made == (shelf.Last?.Number ?? 0) ? plan : _plan = shelf.PlanForgetting(_texts, _publications);

    /// <summary>What of a page goes.</summary>
    /// <param name="plan">Knows what is shown.</param>
    /// <param name="page">In the order of the keys.</param>
    /// <param name="isLast">Whether nothing follows; else the page's last revision is not judged.</param>
    public Forgetting Judge(ForgettingPlan plan, IReadOnlyList<Revision> page, bool isLast)
    {
        var old = page.Select((revision, i) => (Revision: revision, IsNewest: i == page.Count - 1 || page[i + 1].Key.Advisory != revision.Key.Advisory))
            .Take(isLast ? page.Count : page.Count - 1)
            .Where(each => each.Revision.SeenAt < _texts && !plan.Needs(each.Revision.Key) && !waiting.Contains(each.Revision.Key)).ToList();
        var whole = old.FindAll(each => !each.IsNewest && each.Revision.SeenAt < _publications);
        var bared = old.FindAll(each => !each.Revision.IsBared && !whole.Contains(each));
        return new Forgetting
        {
            Bared = [.. bared.Select(each => Baring.Of(each.Revision))],
            Revisions = [.. whole.Select(each => each.Revision.Key)],
            Statements = [.. bared.Where(each => each.IsNewest).Select(each => each.Revision.Key.Advisory)],
        };
    }

    /// <summary>Counts what went.</summary>
    public void Note(Forgetting what) => (Bared, Removed) = (Bared + what.Bared.Count, Removed + what.Revisions.Count);
}

/// <summary>Where a run goes on.</summary>
/// <param name="After">Behind this revision; null: at the first.</param>
internal sealed record RetentionStep(RevisionKey? After)
{
    public static RetentionStep First { get; } = new((RevisionKey?)null);
}
