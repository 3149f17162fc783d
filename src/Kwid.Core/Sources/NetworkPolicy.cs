namespace Kwid.Core.Sources;

/// <summary>Section <c>network</c> in effect.</summary>
/// <param name="Allow">Hosts, host:port or CIDR that the SSRF guard lets through, loopback included.</param>
/// <param name="Proxy">For all requests; null for none but that of <c>HTTPS_PROXY</c>.</param>
/// <param name="CaFile">PEM file of further certificate authorities; null for the system's alone.</param>
/// <param name="UserAgent">Who we say we are: <c>Kwid/0.1.0 (+https://…)</c>.</param>
public sealed record NetworkPolicy(IReadOnlyList<string> Allow, Uri? Proxy, string? CaFile, string UserAgent);
