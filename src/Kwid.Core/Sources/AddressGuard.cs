using System.Net;

namespace Kwid.Core.Sources;

/// <summary>
/// Decides where a request may lead. An upstream can name any address in a redirect or in its DNS; Kwid must not become its arm into the operator's network (SSRF).
/// </summary>
public sealed class AddressGuard
{
    private readonly AllowEntry[] _allowed;

    /// <param name="allow">Entries of <c>network.allow</c>.</param>
    /// <exception cref="ArgumentException">An entry cannot be read; ask <see cref="IsEntry"/> first where it comes from outside.</exception>
    public AddressGuard(IEnumerable<string> allow) => _allowed = [.. allow.Select(Parse)];

    /// <summary>Whether the text may stand in <c>network.allow</c>.</summary>
    public static bool IsEntry(string text) => AllowEntry.TryParse(text, out _);

    /// <summary>Whether a connection to this host may lead to this address.</summary>
    public bool Permits(string host, int port, IPAddress address) =>
        AddressRanges.FindObjection(address) is null || _allowed.Any(entry => entry.Covers(host, port, address));

    /// <summary>Those addresses of a host that may be connected to.</summary>
    /// <exception cref="GuardedAddressException">None may.</exception>
    internal IPAddress[] Admit(string host, int port, IPAddress[] addresses)
    {
        var open = addresses.Where(address => Permits(host, port, address)).ToArray();
        return open.Length > 0 || addresses.Length == 0 ? open : throw new GuardedAddressException(addresses[0]);
    }

    /// <summary>Refuses an address that is plain to see without DNS. Behind a proxy this is all that can be known: the proxy resolves names.</summary>
    /// <exception cref="GuardedAddressException">The address names an IP address or localhost that may not be asked.</exception>
    internal void CheckLiteral(Uri address)
    {
        if (IPAddress.TryParse(address.IdnHost, out var literal)) Admit(address.IdnHost, address.Port, [literal]);
        else if (IsLocalhost(address.IdnHost)) Admit(address.IdnHost, address.Port, [IPAddress.Loopback, IPAddress.IPv6Loopback]);
    }

    // RFC 6761 §6.3: the name and all below it are loopback.
    private static bool IsLocalhost(string host)
    {
        var name = host.TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    private static AllowEntry Parse(string text) => AllowEntry.TryParse(text, out var entry)
        ? entry
        : throw new ArgumentException($"network.allow: found '{text}'; use a host, host:port, IP address or CIDR such as 10.0.0.0/8.", nameof(text));
}

/// <summary>The guard refused a connection.</summary>
/// <param name="address">Where it would have led.</param>
internal sealed class GuardedAddressException(IPAddress address) : IOException($"{address} is {AddressRanges.FindObjection(address)}.")
{
    /// <summary>Where it would have led.</summary>
    public IPAddress Address { get; } = address;

    /// <summary>What speaks against it, such as "a private address".</summary>
    public string? Objection { get; } = AddressRanges.FindObjection(address);
}
