using System.Net;

namespace Kwid.Core.Sources;

/// <summary>
/// The part of a host name that somebody registered: its last two labels, or three below endings such as <c>co.uk</c>. A guess on purpose: the public suffix list
/// changes weekly, and a wrong guess only leaves a few more hosts alone for a while. Where many live below one ending (github.io), scope <c>host</c> is right.
/// </summary>
internal static class RegisteredDomain
{
    /// <summary>Second-level labels under which countries register names.</summary>
    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal) { "ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "mil", "ne", "net", "or", "org" };

    /// <summary>In lower case; of an IP address the address itself, which belongs to no domain.</summary>
    public static string Of(Uri address)
    {
        var host = address.IdnHost.TrimEnd('.');
        if (address.HostNameType is not UriHostNameType.Dns || IPAddress.TryParse(host, out _)) return host;
        var labels = host.Split('.');
        var kept = labels.Length > 2 && labels[^1].Length == 2 && Shared.Contains(labels[^2]) ? 3 : 2;
        return string.Join('.', labels[^Math.Min(kept, labels.Length)..]);
    }
}
