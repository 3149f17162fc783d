using System.Net;
using Microsoft.AspNetCore.Http;

namespace Kwid.Configuration;

/// <summary>What the program listens on, in Kestrel's form: <c>http://localhost:8080</c>, several with ';', <c>*</c> for every interface.</summary>
/// <param name="IsLoopback">True when nobody but this machine can reach any of them.</param>
/// <param name="All">Each of them.</param>
internal sealed record ListenAddress(bool IsLoopback, IReadOnlyList<BindingAddress> All)
{
    /// <summary>Whether each names a port, so that a connection tells by it where it arrived.</summary>
    public bool HasPorts => All.All(each => each is { Port: > 0, IsUnixPipe: false, IsNamedPipe: false });

    /// <summary>Whether a connection could arrive at both: the same port, of the same machine's address.</summary>
    public bool Meets(ListenAddress other) =>
        All.Any(one => other.All.Any(two => one.Port == two.Port && (IsAnywhere(one.Host) || IsAnywhere(two.Host) || SameHost(one.Host, two.Host))));

    /// <summary>Whether a connection that has this local end arrived here.</summary>
    public bool Receives(IPAddress? local, int port) =>
        local is not null && All.Any(each => each.Port == port && (IsAnywhere(each.Host) || (IsLocalName(each.Host) ? IPAddress.IsLoopback(local) : Plain(local).Equals(AddressOf(each.Host)))));

    /// <summary>Null for a text that is none.</summary>
    public static ListenAddress? TryParse(string text)
    {
        var all = new List<BindingAddress>();
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0) return null;
        foreach (var part in parts)
        {
            if (TryParseOne(part) is not { } address) return null;
            all.Add(address);
        }
        return new ListenAddress(all.TrueForAll(address => IsLocal(address.Host)), all);
    }

    private static BindingAddress? TryParseOne(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            var usable = address.Scheme is "http" or "https" && address is { Host.Length: > 0, PathBase.Length: 0, Port: >= 0 and <= 65535 };
            return usable ? address : null;
        }
        catch (FormatException)
        {
            return null; // BindingAddress has no TryParse
        }
    }

    private static bool IsLocal(string host) => IsLocalName(host) || (AddressOf(host) is { } address && IPAddress.IsLoopback(address));

    private static bool IsLocalName(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Kestrel takes every name that is neither localhost nor an address for all interfaces.</summary>
    private static bool IsAnywhere(string host) =>
        !IsLocalName(host) && (AddressOf(host) is not { } address || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    private static bool SameHost(string one, string two) =>
        IsLocal(one) && IsLocal(two) ? IsLocalName(one) || IsLocalName(two) || Equals(AddressOf(one), AddressOf(two)) : Equals(AddressOf(one), AddressOf(two));

    private static IPAddress? AddressOf(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? Plain(address) : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
