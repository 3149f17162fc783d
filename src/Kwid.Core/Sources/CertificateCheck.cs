using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kwid.Core.Sources;

/// <summary>
/// Checks servers' certificates against the system's authorities and, besides them, those of <c>network.caFile</c> and of the source's <c>caFile</c>: name, dates and purpose must be right
/// whoever signed. There is no way to switch it off. A refusal is put into words, which .NET does not do for a check of one's own.
/// </summary>
internal sealed class CertificateCheck
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection _roots = [];

    /// <param name="files">PEM files with one or more certificates each.</param>
    /// <exception cref="PemFileException">A file cannot be read or holds no certificate.</exception>
    public CertificateCheck(params IEnumerable<string> files)
    {
        foreach (var file in files) _roots.AddRange(PemFiles.ReadAuthorities(file));
    }

    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>.</summary>
    /// <exception cref="AuthenticationException">The certificate is not accepted; says why.</exception>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors is SslPolicyErrors.None) return true;
        if (certificate is not X509Certificate2 leaf) throw new AuthenticationException("it showed no certificate");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            throw new AuthenticationException($"its certificate is for '{leaf.GetNameInfo(X509NameType.DnsName, forIssuer: false)}', not for this host");

        using var chain = new X509Chain { ChainPolicy = OurPolicy(presented) };
        var trusted = _roots.Count > 0 && chain.Build(leaf);
        return trusted ? trusted : throw new AuthenticationException(Complaint(leaf, _roots.Count > 0 ? chain : presented));
    }

    private X509ChainPolicy OurPolicy(X509Chain? presented)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,         // as HttpClient does by default
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.CustomTrustStore.AddRange(_roots);
        if (presented is not null) policy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return policy;
    }

    private static string Complaint(X509Certificate2 leaf, X509Chain? chain)
    {
        var found = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? X509ChainStatusFlags.NoError;
        return found.HasFlag(X509ChainStatusFlags.NotTimeValid)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"its certificate is valid from {leaf.NotBefore.ToUniversalTime():yyyy-MM-dd} to {leaf.NotAfter.ToUniversalTime():yyyy-MM-dd} only ({found})")
            : $"its certificate, issued by '{leaf.Issuer}', comes from no trusted authority or is not for servers ({found})";
    }
}
