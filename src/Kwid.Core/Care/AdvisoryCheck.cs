using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Core.Care;

/// <summary>Advisories with their keys, revisions and statements. Remembers a few numbers of each, never a text.</summary>
internal sealed class AdvisoryCheck(Findings findings)
{
    private readonly Dictionary<AdvisoryId, Advisory> _advisories = [];
    private readonly Dictionary<AdvisoryId, Numbers> _numbers = [];

    public void Look(StoredAdvisory record) => _advisories[record.Advisory.Id] = record.Advisory;

    public void Look(StoredKey record)
    {
        if (!_advisories.ContainsKey(record.Advisory)) findings.InStore($"key {record.Key}", $"it means advisory {record.Advisory}, which is not stored");
    }

    public void Look(Revision revision)
    {
        var key = revision.Key;
        _numbers[key.Advisory] = _numbers.GetValueOrDefault(key.Advisory).With(key.Number);
        if (!_advisories.TryGetValue(key.Advisory, out var advisory)) findings.InStore(Findings.Name(key), "its advisory is not stored");
        else if (key.Number > advisory.LastRevision) findings.InStore(Findings.Name(key), $"its advisory ends with revision {advisory.LastRevision}");
        else if (key.Number == advisory.LastRevision && HasText(revision) && Fingerprint.Of(revision.Entry) != advisory.Fingerprint)
            findings.InStore(Findings.Name(key), "its text does not have the fingerprint that its advisory remembers");
    }

    public void Look(Statement statement)
    {
        var where = $"statement of source '{statement.Entry.Source}' on {statement.Advisory}";
        if (!_advisories.TryGetValue(statement.Advisory, out var advisory)) findings.InStore(where, "its advisory is not stored");
        // A source that was renamed is no teller under its former name.
        else if (advisory.Tellers.FirstOrDefault(teller => teller.Source == statement.Entry.Source) is { } teller && teller.Fingerprint != Fingerprint.Of(statement.Entry))
            findings.InStore(where, "its text does not have the fingerprint that its advisory remembers");
    }

    /// <summary>A revision that no edition has taken: retention leaves it alone, though it takes those around it.</summary>
    public void LookAtStage(RevisionKey key)
    {
        if (_numbers.TryGetValue(key.Advisory, out var numbers)) _numbers[key.Advisory] = numbers.Without(key.Number);
    }

    /// <summary>Whether a revision is stored, or was before retention took it.</summary>
    public bool Has(RevisionKey key) => _numbers.TryGetValue(key.Advisory, out var numbers) && key.Number >= 1 && key.Number <= numbers.Last;

    /// <summary>What can only be told once all revisions were seen.</summary>
    public void Conclude()
    {
        foreach (var advisory in _advisories.Values)
        {
            var numbers = _numbers.GetValueOrDefault(advisory.Id);
            var where = $"advisory {advisory.Id}";
            // Retention takes the oldest ones; the newest stays, though perhaps without its text.
            if (numbers.Last < advisory.LastRevision) findings.InStore(where, $"its newest revision {advisory.LastRevision} is not stored");
            else if (numbers.Below > 0) findings.InStore(where, $"revisions are missing before revision {numbers.First}, and older ones are there");
            if (advisory.AliasOf is { } other && !LeadsOn(other)) findings.InStore(where, $"it is an alias of {other}, which leads to no stored advisory");
        }
    }

    /// <summary>What retention has bared has no fingerprint any more.</summary>
    private static bool HasText(Revision revision) => revision.Entry.Html.Length > 0 || revision.Entry.Text.Length > 0;

    private bool LeadsOn(AdvisoryId id)
    {
        for (var steps = 0; steps < 100 && _advisories.TryGetValue(id, out var advisory); steps++)
        {
            if (advisory.AliasOf is not { } other) return true;
            id = other;
        }

        return false;
    }
}
