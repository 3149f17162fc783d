using System.Net;
using Microsoft.AspNetCore.Http;

namespace Kwid.Configuration;

/// <summary>What the program listens on, in Kestrel's form: <c>http://localhost:8080</c>, several with ';', <c>*</c> for every interface.</summary>
/// <param name="IsLoopback">True when nobody but this machine can reach any of them.</param>
internal sealed record ListenAddress(bool IsLoopback)
{
    /// <summary>Null for a text that is none.</summary>
    public static ListenAddress? TryParse(string text)
    {
        var loopback = true;
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0) return null;
        foreach (var part in parts)
        {
            if (TryParseOne(part) is not { } address) return null;
            loopback &= IsLocal(address.Host);
        }
        return new ListenAddress(loopback);
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

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
