using System.Net;
using System.Net.Http;
using System.Text;

namespace Kwid.Core.Sources;

/// <summary>Sets up the HTTP client as the network policy wants it: proxy, authorities, guard; no cookies, no redirects by itself, TLS always verified.</summary>
internal static class HttpTransport
{
    /// <summary>A client that is used for the life of the process; it owns its handler.</summary>
    public static HttpClient Create(NetworkPolicy policy, AddressGuard guard, NameLookup lookup, FetchLimits limits, TimeProvider time)
    {
        var proxy = policy.Proxy is { } address ? ProxyAt(address) : HttpClient.DefaultProxy;       // the latter reads HTTPS_PROXY and its kin
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,                                                              // each hop passes guard and pacer
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = new GuardedConnector(guard, proxy, lookup, limits, time).ConnectAsync,
            ConnectTimeout = limits.Connect,
            MaxConnectionsPerServer = 2,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),                                     // DNS changes are noticed
            Proxy = proxy,
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,                              // validators go back byte for byte
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            UseCookies = false,
            UseProxy = true,
        };
        if (policy.CaFile is { } file) handler.SslOptions.RemoteCertificateValidationCallback = new ExtraAuthorities(file).Accept;
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static WebProxy ProxyAt(Uri address)
    {
        if (address.UserInfo.Split(':', 2) is not [{ Length: > 0 } user, .. var rest]) return new WebProxy(address);
        var password = rest.Length == 0 ? "" : Uri.UnescapeDataString(rest[0]);
        return new WebProxy(address) { Credentials = new NetworkCredential(Uri.UnescapeDataString(user), password) };
    }
}
