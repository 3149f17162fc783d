using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kwid.Tests.Configuration;

/// <summary>A certificate authority that nobody trusts.</summary>
internal static class Certificate
{
    /// <summary>A fresh one as PEM.</summary>
    public static string Pem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(Make.Instant("2026-01-01"), Make.Instant("2036-01-01"));
        return certificate.ExportCertificatePem() + "\n";
    }
}
