using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kwid.Tests.Configuration;

/// <summary>A certificate authority that nobody trusts.</summary>
internal static class Certificate
{
    /// <summary>A fresh one as PEM.</summary>
    public static string Pem() => Make(withKey: false);

    /// <summary>A fresh one with its key as PEM; its subject is CN=Test.</summary>
    public static string PemWithKey() => Make(withKey: true);

    private static string Make(bool withKey)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(Tests.Make.Instant("2026-01-01"), Tests.Make.Instant("2036-01-01"));
        return certificate.ExportCertificatePem() + "\n" + (withKey ? key.ExportPkcs8PrivateKeyPem() + "\n" : "");
    }
}
