using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Core.Care;

/// <summary>Editions: numbers without gaps, rising instants, and what they published exists.</summary>
internal sealed class EditionCheck(Findings findings, AdvisoryCheck advisories)
{
    private readonly HashSet<AdvisoryId> _own = [];
    private DateTimeOffset _instant = DateTimeOffset.MinValue;

    /// <summary>Number of the last one; 0 before the first.</summary>
    public int Last { get; private set; }

    public void Look(Edition edition)
    {
        var where = $"edition {edition.Number}";
        if (edition.Number != Last + 1) findings.InStore(where, Last == 0 ? "it is the first that is stored" : $"it follows edition {Last}");
        if (edition.Instant <= _instant) findings.InStore(where, $"its instant {edition.Instant:u} is not later than that of the edition before ({_instant:u})");
        (Last, _instant) = (edition.Number, edition.Instant);
        // Retention leaves of old rows their date and size, under number 0, and of what Kwid wrote itself the row.
        var rows = edition.Publications.Where(row => row.Revision.Number > 0).ToList();
        _own.UnionWith(rows.Select(row => row.Revision.Advisory).Where(IsOwn));
        foreach (var row in rows)
        {
            if (!IsOwn(row.Revision.Advisory) && !advisories.Has(row.Revision)) findings.InStore(where, $"it publishes {Findings.Name(row.Revision)}, which is not stored");
            if (row.Digest is { } digest && !_own.Contains(digest)) findings.InStore(where, $"it collects {Findings.Name(row.Revision)} in digest {digest}, which no edition has");
        }
    }

    /// <summary>Of what Kwid writes itself; no publisher's ids begin so.</summary>
    private static bool IsOwn(AdvisoryId id) => id.ToString().StartsWith("kwid.", StringComparison.Ordinal);
}
