using System.ComponentModel;
using System.Net;
using System.Text.RegularExpressions;
using Kwid.Core.Sources;

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

    /// <summary>What a mistake advises.</summary>
    internal const string ProxyCure = "write an address such as http://proxy.stadt.de:3128";

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        foreach (var (index, target) in Allow.Index())
            if (!IsTarget(target))
                examination.MistakeAt(this, "allow", index, Codes.NetworkAllow, "write a host, host:port, an IP address or a range such as 10.20.0.0/16");
        if (Proxy is not null && !IsProxy(Proxy)) examination.Mistake(this, "proxy", Codes.Proxy, ProxyCure);
        examination.CheckPem(this, "caFile", CaFile, Codes.CaFile, file => PemFiles.ReadAuthorities(file));
    }

    /// <summary>Whether the text names a proxy.</summary>
    internal static bool IsProxy(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy is { Scheme: "http" or "https" or "socks5", Host.Length: > 0 };

    private static bool IsTarget(string text)
    {
        if (IPAddress.TryParse(text.Trim('[', ']'), out _)) return true;
        if (text.Contains('/')) return IPNetwork.TryParse(text, out _);
        if (IPEndPoint.TryParse(text, out _)) return true;
        var match = HostAndPort().Match(text);
        var numeric = text.Split(':')[0].Split('.')[^1].All(char.IsAsciiDigit); // 10.0.0.300 is no host
        return match.Success && !numeric && (!match.Groups["port"].Success || ushort.TryParse(match.Groups["port"].Value, out _));
    }

    [GeneratedRegex(
        @"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:(?<port>[0-9]{1,5}))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex HostAndPort();
}
