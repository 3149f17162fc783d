using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Kwid.Core.Sources;

/// <summary>One entry of <c>network.allow</c>: a host, host:port, IP address, IP:port or CIDR.</summary>
internal sealed record AllowEntry
{
    private AllowEntry() { }

    /// <summary>Host name in lower-case ASCII; null where <see cref="Network"/> is given.</summary>
    public string? Host { get; private init; }

    /// <summary>Addresses meant; null where <see cref="Host"/> is given.</summary>
    public IPNetwork? Network { get; private init; }

    /// <summary>The one port meant; null for all.</summary>
    public int? Port { get; private init; }

    /// <summary>Reads an entry as an operator writes it: <c>intern.example</c>, <c>intern.example:8443</c>, <c>10.1.2.3</c>, <c>[fd00::1]:80</c>, <c>10.0.0.0/8</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AllowEntry? entry)
    {
        text = text.Trim();
        entry = ParseNetwork(text) ?? ParseAddress(text) ?? ParseHost(text);
        return entry is not null;
    }

    /// <summary>Whether the entry lets a connection to this host through, which leads to this address.</summary>
    public bool Covers(string host, int port, IPAddress address) =>
        (Port is null || Port == port)
        && (Network is { } network ? network.Contains(AddressRanges.Plain(address)) : string.Equals(Host, host, StringComparison.OrdinalIgnoreCase));

    private static AllowEntry? ParseNetwork(string text)
    {
        if (text.Split('/') is not [var address, var length]) return null;
        if (!IPAddress.TryParse(address, out var ip) || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)) return null;
        return bits <= ip.GetAddressBytes().Length * 8 ? new AllowEntry { Network = Cut(ip, bits) } : null;
    }

    private static AllowEntry? ParseAddress(string text)
    {
        // A bare number is an address to .NET (0.0.31.144 for "8080"), never to an operator.
        if (text.All(char.IsAsciiDigit) || !IPEndPoint.TryParse(text, out var end)) return null;
        if (!text.Contains("::", StringComparison.Ordinal) && text.Count(c => c == '.') != 3 && text.Count(c => c == ':') < 7) return null;
        var address = AddressRanges.Plain(end.Address);
        return new AllowEntry { Network = Cut(address, address.GetAddressBytes().Length * 8), Port = end.Port == 0 ? null : end.Port };
    }

    private static AllowEntry? ParseHost(string text)
    {
        var (host, port) = text.Split(':') switch
        {
            [var name] => (name, (int?)null),
            [var name, var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 65535 => (name, value),
            _ => ("", null),
        };
        if (Uri.CheckHostName(host) is not UriHostNameType.Dns) return null;
        return new AllowEntry { Host = new UriBuilder("http", host).Uri.IdnHost, Port = port };
    }

    /// <summary>The network with the bits of the host cleared: operators write 10.1.2.3/8 as well.</summary>
    private static IPNetwork Cut(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var index = 0; index < bytes.Length; index++)
            bytes[index] &= (byte)(0xFF00 >> Math.Clamp(bits - index * 8, 0, 8));
        return new IPNetwork(new IPAddress(bytes), bits);
    }
}
