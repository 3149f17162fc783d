using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kwid.Core.Sources;

/// <summary>Reads certificates from PEM files, for the check of the configuration as for use.</summary>
internal static class PemFiles
{
    /// <summary>Certificates of authorities, at least one.</summary>
    /// <exception cref="PemFileException">The file cannot be read or holds no certificate.</exception>
    public static X509Certificate2Collection ReadAuthorities(string file)
    {
        var roots = Import(file);
        return roots.Count > 0 ? roots : throw new PemFileException(file, "holds no certificate", "name a PEM file with '-----BEGIN CERTIFICATE-----'");
    }

    /// <summary>The first certificate with its key, which stands in the same file, and those between it and its authority.</summary>
    /// <exception cref="PemFileException">The file cannot be read or lacks one of both.</exception>
    public static (X509Certificate2 Own, X509Certificate2Collection Between) ReadClient(string file)
    {
        var all = Import(file);
        if (all.Count == 0) throw new PemFileException(file, "holds no certificate", "put certificate and key into one PEM file");
        try
        {
            var own = X509Certificate2.CreateFromPemFile(file);
            return (own, [.. all.Skip(1)]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new PemFileException(file, "holds no key that goes with its first certificate", "put certificate and key, the key without a password, into one PEM file", unreadable);
        }
    }

    private static X509Certificate2Collection Import(string file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            return certificates;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new PemFileException(file, $"cannot be read ({unreadable.Message.TrimEnd('.')})", "name a readable PEM file", unreadable);
        }
    }
}

/// <summary>A file of certificates cannot be used.</summary>
/// <param name="file">Which one.</param>
/// <param name="finding">What is wrong with it.</param>
/// <param name="cure">What to do.</param>
/// <param name="cause">What .NET says; null where it says nothing.</param>
internal sealed class PemFileException(string file, string finding, string cure, Exception? cause = null) : IOException($"'{file}' {finding}; {cure}.", cause)
{
    /// <summary>Which file, and what is wrong with it.</summary>
    public string Finding { get; } = $"'{file}' {finding}";

    /// <summary>What to do.</summary>
    public string Cure { get; } = cure;
}
