using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>A provider's keys, asked when the first document is to be checked and kept for one walk: they are renewed without notice.</summary>
internal sealed class SigningKeys(CsafAsker asker, IReadOnlyList<KeyPlace> places, WalkRemarks remarks)
{
    private OpenPgpKeys? _keys;

    /// <summary>Whether there is a key to check with.</summary>
    public async Task<bool> AreKnownAsync(CancellationToken cancel)
    {
        if (_keys is not null || places.Count == 0) return _keys is { IsEmpty: false };
        _keys = new OpenPgpKeys();
        foreach (var place in places)
        {
            var outcome = await asker.AskAsync(place.Address, Validators.None, cancel);
            var fault = outcome is FetchOutcome.Fetched fetched ? _keys.Add(fetched.Document.Body, place.Fingerprint) : ((FetchOutcome.Failed)outcome).Reason;
            if (fault is not null) remarks.Add($"Signatures are not checked with the OpenPGP key {place.Fingerprint ?? "without fingerprint"} at {asker.Tell(place.Address)}: {fault}");
        }

        return !_keys.IsEmpty;
    }

    /// <summary>Judges a detached signature.</summary>
    public SignatureVerdict Judge(ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> document) => _keys!.Judge(signature, document);
}
