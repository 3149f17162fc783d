namespace Kwid.Core.Publishing;

/// <summary>Tells addresses that anybody may look at from those of somebody's own network, which are nobody else's business. Asks no name server.</summary>
internal static class PublicHosts
{
    /// <summary>Names that mean something at home only.</summary>
    private static readonly string[] PrivateEndings = [".local", ".localhost", ".internal", ".lan", ".home.arpa"];

    /// <summary>Whether an address of the web bears a name that means the same everywhere; no bare number does.</summary>
    public static bool Has(Uri address)
    {
        if (address.Scheme is not ("https" or "http") || address.HostNameType is not UriHostNameType.Dns) return false;
        var host = address.IdnHost.TrimEnd('.');
        return host.Contains('.', StringComparison.Ordinal) && !PrivateEndings.Any(ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }
}
