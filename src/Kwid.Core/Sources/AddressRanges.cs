using System.Net;
using System.Net.Sockets;

namespace Kwid.Core.Sources;

/// <summary>IP addresses that are nobody's public server (IANA special-purpose registries, RFC 6890): a feed has no business leading there.</summary>
internal static class AddressRanges
{
    private static readonly (IPNetwork Network, string Name)[] Closed =
    [
        Range("0.0.0.0/8", "an unspecified address"),
        Range("10.0.0.0/8", "a private address"),
        Range("100.64.0.0/10", "an address of carrier-grade NAT"),
        Range("127.0.0.0/8", "a loopback address"),
        Range("169.254.0.0/16", "a link-local address"),
        Range("172.16.0.0/12", "a private address"),
        Range("192.0.0.0/24", "an address for protocols"),
        Range("192.168.0.0/16", "a private address"),
        Range("198.18.0.0/15", "an address for benchmarks"),
        Range("224.0.0.0/4", "a multicast address"),
        Range("240.0.0.0/4", "a reserved address"),
        Range("::1/128", "a loopback address"),
        Range("::/96", "an unspecified address"),
        Range("64:ff9b:1::/48", "an address of local NAT64"),
        Range("2001::/32", "a Teredo address"),
        Range("fc00::/7", "a unique local address"),
        Range("fe80::/10", "a link-local address"),
        Range("fec0::/10", "a site-local address"),
        Range("ff00::/8", "a multicast address"),
    ];

    // IPv6 ranges that carry an IPv4 address, with the byte where it begins: what it leads to counts.
    private static readonly (IPNetwork Network, int Offset)[] Carriers =
    [
        (IPNetwork.Parse("::ffff:0:0:0/96"), 12),      // SIIT, RFC 2765
        (IPNetwork.Parse("64:ff9b::/96"), 12),         // NAT64, RFC 6052
        (IPNetwork.Parse("2002::/16"), 2),             // 6to4, RFC 3056
    ];

    /// <summary>What makes the address unfit, such as "a private address"; null when it may be asked.</summary>
    public static string? FindObjection(IPAddress address)
    {
        var plain = Plain(address);
        foreach (var (network, name) in Closed)
            if (network.Contains(plain)) return name;

        return Carried(plain) is { } inner && FindObjection(inner) is { } objection ? $"{objection} ({inner}) in IPv6 clothes" : null;
    }

    /// <summary>The IPv4 address where an IPv6 one only maps it (RFC 4291 §2.5.5.2), and no scope: what is compared.</summary>
    public static IPAddress Plain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
    }

    private static IPAddress? Carried(IPAddress address)
    {
        foreach (var (network, offset) in Carriers)
            if (network.Contains(address)) return new IPAddress(address.GetAddressBytes().AsSpan(offset, 4));
        return null;
    }

    private static (IPNetwork Network, string Name) Range(string network, string name) => (IPNetwork.Parse(network), name);
}
