using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>What makes a connection differ from those of other sources: requests of one route share connections.</summary>
/// <param name="Proxy">The source's own; null: that of all.</param>
/// <param name="CaFile">The source's own; null: those of all alone.</param>
/// <param name="ClientCertificate">PEM file; null: we show none.</param>
internal sealed record HttpRoute(Uri? Proxy, string? CaFile, string? ClientCertificate)
{
    /// <summary>That of sources without a wish.</summary>
    public static HttpRoute Common { get; } = new(null, null, null);

    /// <summary>The route to an address; the client certificate is for the source's own host alone.</summary>
    public static HttpRoute Of(Source source, Uri address)
    {
        var access = source.Access;
        var certificate = access.ClientCertificate is not null && IsOwnHost(source, address) ? access.ClientCertificate : null;
        return access.Proxy is null && access.CaFile is null && certificate is null ? Common : new HttpRoute(access.Proxy, access.CaFile, certificate);
    }

    /// <summary>Whether an address is on the source's own host: scheme, host and port. Nobody else is told its credentials.</summary>
    public static bool IsOwnHost(Source source, Uri address) =>
        address.Scheme == source.Url.Scheme && address.Port == source.Url.Port && string.Equals(address.IdnHost, source.Url.IdnHost, StringComparison.OrdinalIgnoreCase);
}
