using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Core.Pipeline;

/// <summary>Collects bursts into digests (Sammelmeldungen), and tells digests anew whose members changed in silence or may no longer be named (P13).</summary>
internal sealed class Digests(Shelf shelf, EditionTexts texts, SourceStates? states)
{
    /// <summary>The plans with bursts collected. The opening is no burst: its history rings in no reader.</summary>
    public IReadOnlyList<EditionPlan> Collect(IReadOnlyList<EditionPlan> plans, IReadOnlyList<Revision> pending, IReadOnlyDictionary<SourceId, Source> sources, int edition)
    {
        if (!shelf.HasOpened) return plans;
        var fresh = pending.Where(revision => revision.Key.Number == 1).CountBy(revision => revision.Entry.Source).ToDictionary();
        return Bursts.Collect(plans, source => Bursts.Limit(HistoryOf(sources.GetValueOrDefault(source)), fresh.GetValueOrDefault(source)), edition);
    }

    /// <summary>The digests that these plans ask for.</summary>
    /// <param name="plans">With bursts collected.</param>
    /// <param name="shown">The texts that the plans show for the first time.</param>
    /// <param name="instant">The edition's.</param>
    /// <param name="cancel">Stops reading members' texts.</param>
    public async Task<IReadOnlyList<AuthoredPlan>> WriteAsync(
        IReadOnlyList<EditionPlan> plans, IReadOnlyDictionary<RevisionKey, Revision> shown, DateTimeOffset instant, CancellationToken cancel)
    {
        var written = new List<AuthoredPlan>();
        foreach (var digest in DigestPlanner.Plan(plans, shelf))
        {
            var members = new List<Revision>(digest.Members.Count);
            foreach (var member in digest.Members) members.Add(await TextOfAsync(member, shown, cancel));
            written.Add(new AuthoredPlan(members.Count == 0 ? null : DigestText.Compose(digest.Key, instant, members), digest.Rows));
        }

        return written;
    }

    /// <summary>As it is shown, with the news that brought it there.</summary>
    private async Task<Revision> TextOfAsync(DigestMember member, IReadOnlyDictionary<RevisionKey, Revision> shown, CancellationToken cancel)
    {
        var text = shown.GetValueOrDefault(member.Shown) ?? await texts.PublishedAsync(member.Shown, cancel);
        return member.Told == member.Shown ? text : text with { Changes = (await texts.PublishedAsync(member.Told, cancel)).Changes };
    }

    private SourceHistory HistoryOf(Source? source) => source is null || states is null ? SourceHistory.None : states.Of(source).History;
}
