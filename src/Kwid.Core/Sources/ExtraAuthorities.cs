using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kwid.Core.Sources;

/// <summary>
/// Certificate authorities that count besides the system's: <c>network.caFile</c>. Name, dates and purpose of a certificate are checked for them as for all others.
/// </summary>
internal sealed class ExtraAuthorities
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection _roots = [];

    /// <param name="file">PEM file with one or more certificates.</param>
    /// <exception cref="ArgumentException">The file cannot be read or holds no certificate.</exception>
    public ExtraAuthorities(string file)
    {
        try
        {
            _roots.ImportFromPemFile(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"network.caFile: '{file}' cannot be read ({unreadable.Message.TrimEnd('.')}); name a readable PEM file.", nameof(file), unreadable);
        }

        if (_roots.Count == 0) throw new ArgumentException($"network.caFile: '{file}' holds no certificate; name a PEM file with '-----BEGIN CERTIFICATE-----'.", nameof(file));
    }

    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>: adds trust in our roots, forgives nothing else.</summary>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors is SslPolicyErrors.None) return true;
        if (errors is not SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf) return false;

        using var chain = new X509Chain { ChainPolicy = Policy(presented) };
        return chain.Build(leaf);
    }

    private X509ChainPolicy Policy(X509Chain? presented)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,         // as HttpClient does by default
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.CustomTrustStore.AddRange(_roots);
        policy.ExtraStore.AddRange(_roots);
        if (presented is not null) policy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return policy;
    }
}
