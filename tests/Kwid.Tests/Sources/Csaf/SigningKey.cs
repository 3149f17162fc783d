using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Kwid.Tests.Sources.Csaf;

/// <summary>A publisher's key that signs documents.</summary>
internal sealed class SigningKey
{
    private readonly PgpKeyPair _pair;
    private readonly PgpPublicKey _public;

    public SigningKey(DateTime made, TimeSpan? lives = null)
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        _pair = new PgpKeyPair(PublicKeyAlgorithmTag.EdDsa_Legacy, generator.GenerateKeyPair(), made);
        var packets = new PgpSignatureSubpacketGenerator();
        if (lives is { } span) packets.SetKeyExpirationTime(isCritical: false, (long)span.TotalSeconds);
        packets.SetSignatureCreationTime(isCritical: false, made);
        var ring = new PgpKeyRingGenerator(PgpSignature.PositiveCertification, _pair, "psirt@csaf.example", SymmetricKeyAlgorithmTag.Null, Array.Empty<char>(), useSha1: true, packets.Generate(), null, new SecureRandom());
        _public = ring.GeneratePublicKeyRing().GetPublicKey();
        File = Armored(stream => ring.GeneratePublicKeyRing().Encode(stream));
    }

    public string File { get; }

    public string Fingerprint => Convert.ToHexString(_public.GetFingerprint());

    /// <summary>A detached signature, armored.</summary>
    public string Sign(byte[] document, DateTime at)
    {
        var packets = new PgpSignatureSubpacketGenerator();
        packets.SetSignatureCreationTime(isCritical: false, at);
        packets.SetIssuerKeyID(isCritical: false, _public.KeyId);
        var generator = new PgpSignatureGenerator(PublicKeyAlgorithmTag.EdDsa_Legacy, HashAlgorithmTag.Sha512);
        generator.InitSign(PgpSignature.BinaryDocument, _pair.PrivateKey);
        generator.SetHashedSubpackets(packets.Generate());
        generator.Update(document);
        return Armored(stream => generator.Generate().Encode(stream));
    }

    private static string Armored(Action<Stream> write)
    {
        using var memory = new MemoryStream();
        using (var armor = new ArmoredOutputStream(memory)) write(armor);
        return System.Text.Encoding.ASCII.GetString(memory.ToArray());
    }
}
