using Org.BouncyCastle.Bcpg.OpenPgp;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Public keys by their ids, and signatures made with them (RFC 9580).</summary>
internal sealed class OpenPgpKeys
{
    private const int LongestKey = 1024 * 1024;
    private const int LongestSignature = 64 * 1024;

    private readonly Dictionary<long, PgpPublicKey> _keys = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _keys.Count == 0;

    /// <summary>Adds the key with this fingerprint from a file, and the subkeys that it vouches for. Null when it was added, else why not.</summary>
    public string? Add(ReadOnlyMemory<byte> file, string? fingerprint)
    {
        var wanted = string.Concat((fingerprint ?? "").Where(char.IsAsciiHexDigit));
        if (wanted.Length is not (40 or 64)) return "the metadata names no full fingerprint.";
        if (file.Length > LongestKey) return $"it has {file.Length} bytes, too many for a key.";
        try
        {
            using var packets = PgpUtilities.GetDecoderStream(new MemoryStream(file.ToArray()));
            var rings = new PgpPublicKeyRingBundle(packets).GetKeyRings().ToList();
            var ring = rings.Find(ring => Convert.ToHexString(ring.GetPublicKey().GetFingerprint()).Equals(wanted, StringComparison.OrdinalIgnoreCase));
            if (ring is null) return rings.Count == 0 ? "there is no key." : $"the key there has another fingerprint, {Convert.ToHexString(rings[0].GetPublicKey().GetFingerprint())}.";
            var primary = ring.GetPublicKey();
            if (primary.HasRevocation()) return "it is revoked.";
            foreach (var key in ring.GetPublicKeys().Where(key => key.IsMasterKey || IsBound(primary, key))) _keys[key.KeyId] = key;
            return null;
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return $"it cannot be read ({unreadable.Message.TrimEnd('.')}).";
        }
    }

    /// <summary>Judges a detached signature. One by a key that is not known says nothing; one made after its key had expired is worth nothing.</summary>
    public SignatureVerdict Judge(ReadOnlyMemory<byte> file, ReadOnlyMemory<byte> document)
    {
        try
        {
            var signatures = file.Length > LongestSignature ? [] : Read(file);
            if (signatures.Count == 0) return new(null, "has a signature file without an OpenPGP signature|have a signature file without an OpenPGP signature");
            if (signatures.Find(signature => _keys.ContainsKey(signature.KeyId)) is not { } known)
                return new(null, $"is signed with a key that the provider does not name ({signatures[0].KeyId:X16})|are signed with a key that the provider does not name ({signatures[0].KeyId:X16})");
            var key = _keys[known.KeyId];
            known.InitVerify(key);
            known.Update(document.ToArray());
            if (!known.Verify())
                return new("Die OpenPGP-Signatur passt nicht zum Dokument.", "does not match its OpenPGP signature and is not verified|do not match their OpenPGP signature and are not verified");
            return IsExpired(key, known.CreationTime)
                ? new("Die OpenPGP-Signatur wurde mit einem abgelaufenen Schlüssel erstellt.", "is signed with a key that had expired and is not verified|are signed with a key that had expired and are not verified")
                : SignatureVerdict.Good;
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return new(null, "has a signature file that cannot be read|have signature files that cannot be read");
        }
    }

    private static List<PgpSignature> Read(ReadOnlyMemory<byte> file)
    {
        using var packets = PgpUtilities.GetDecoderStream(new MemoryStream(file.ToArray()));
        var read = new PgpObjectFactory(packets).NextPgpObject();
        return read is PgpSignatureList list ? [.. Enumerable.Range(0, list.Count).Select(index => list[index])] : [];
    }

    /// <summary>Whoever serves the key could add subkeys of his own: only those count that the primary key has signed.</summary>
    private static bool IsBound(PgpPublicKey primary, PgpPublicKey subkey) =>
        !subkey.HasRevocation() && subkey.GetSignaturesOfType(PgpSignature.SubkeyBinding).Any(binding =>
        {
            binding.InitVerify(primary);
            return binding.VerifyCertification(primary, subkey);
        });

    private static bool IsExpired(PgpPublicKey key, DateTime signed) => key.GetValidSeconds() is > 0 and var seconds && signed > key.CreationTime.AddSeconds(seconds);
}
