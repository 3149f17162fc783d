using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Core.Care;

/// <summary>Editions: numbers without gaps, rising instants, and what they published exists.</summary>
internal sealed class EditionCheck(Findings findings, AdvisoryCheck advisories)
{
    private readonly HashSet<RevisionKey> _authored = [];
    private readonly HashSet<AdvisoryId> _digests = [];
    private DateTimeOffset _instant = DateTimeOffset.MinValue;

    /// <summary>Number of the last one; 0 before the first.</summary>
    public int Last { get; private set; }

    public void Look(Edition edition)
    {
        var where = $"edition {edition.Number}";
        if (edition.Number != Last + 1) findings.InStore(where, Last == 0 ? "it is the first that is stored" : $"it follows edition {Last}");
        if (edition.Instant <= _instant) findings.InStore(where, $"its instant {edition.Instant:u} is not later than that of the edition before ({_instant:u})");
        (Last, _instant) = (edition.Number, edition.Instant);
        foreach (var text in edition.Authored)
        {
            _authored.Add(text.Key);
            _digests.Add(text.Key.Advisory);
        }

        foreach (var row in edition.Publications)
        {
            if (!_authored.Contains(row.Revision) && !advisories.Has(row.Revision)) findings.InStore(where, $"it publishes {Findings.Name(row.Revision)}, which is not stored");
            if (row.Digest is { } digest && !_digests.Contains(digest)) findings.InStore(where, $"it collects {Findings.Name(row.Revision)} in digest {digest}, which no edition has");
        }
    }
}
