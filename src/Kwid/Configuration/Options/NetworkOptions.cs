using System.ComponentModel;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Kwid.Configuration.Options;

/// <summary>Section network: which ways into the network may be used.</summary>
[Description("Section network: which ways into the network may be used.")]
internal sealed partial class NetworkOptions : OptionsObject
{
    /// <summary>Private or loopback targets that may be asked all the same: host, host:port, IP address or CIDR. Default: none.</summary>
    [Description("Private or loopback targets that may be asked all the same: host, host:port, IP address or CIDR. Default: none.")]
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Proxy for all requests, http, https or socks5. Default: null, that of HTTPS_PROXY if set.</summary>
    [Description("Proxy for all requests, http, https or socks5. Default: null, that of HTTPS_PROXY if set.")]
    public string? Proxy { get; init; }

    /// <summary>PEM file with further certificate authorities. Default: null, the system's alone.</summary>
    [Description("PEM file with further certificate authorities. Default: null, the system's alone.")]
    public string? CaFile { get; init; }

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        foreach (var (index, target) in Allow.Index())
            if (!IsTarget(target))
                examination.MistakeAt(this, "allow", index, Codes.NetworkAllow, "write a host, host:port, an IP address or a range such as 10.20.0.0/16");
        if (Proxy is not null && !(Uri.TryCreate(Proxy, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5"))
            examination.Mistake(this, "proxy", Codes.Proxy, "write an address such as http://proxy.stadt.de:3128");
        if (CaFile is not null && !HoldsCertificate(examination.Resolve(CaFile)))
            examination.Mistake(this, "caFile", Codes.CaFile, $"put a PEM file with certificates at {examination.Resolve(CaFile)}, readable for Kwid");
    }

    private static bool IsTarget(string text)
    {
        if (IPAddress.TryParse(text.Trim('[', ']'), out _)) return true;
        if (text.Contains('/')) return IPNetwork.TryParse(text, out _);
        if (IPEndPoint.TryParse(text, out _)) return true;
        var match = HostAndPort().Match(text);
        var numeric = text.Split(':')[0].Split('.')[^1].All(char.IsAsciiDigit); // 10.0.0.300 is no host
        return match.Success && !numeric && (!match.Groups["port"].Success || ushort.TryParse(match.Groups["port"].Value, out _));
    }

    private static bool HoldsCertificate(string path)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(File.ReadAllText(path));
            return certificates.Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false; // the mistake says what to do
        }
    }

    [GeneratedRegex(
        @"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:(?<port>[0-9]{1,5}))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex HostAndPort();
}
