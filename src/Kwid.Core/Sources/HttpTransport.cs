using System.Net;
using System.Net.Http;
using System.Text;

namespace Kwid.Core.Sources;

/// <summary>Sets up the HTTP client as the network policy wants it: proxy, authorities, guard; no cookies, no redirects by itself, TLS always verified.</summary>
internal static class HttpTransport
{
    /// <summary>A client that is used for the life of the process; it owns its handler.</summary>
    public static HttpClient Create(NetworkPolicy policy, IWebProxy environment, AddressGuard guard, NameLookup lookup, FetchLimits limits, TimeProvider time)
    {
        var proxy = policy.Proxy is { } address ? ProxyAt(address) : environment;
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
        handler.SslOptions.RemoteCertificateValidationCallback = new CertificateCheck(policy.CaFile).Accept;
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The proxy with the credentials of its address, which then must not stand in it: .NET quotes it in its messages.</summary>
    private static WebProxy ProxyAt(Uri address)
    {
        var proxy = new WebProxy(new Uri(address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)));
        if (address.UserInfo.Split(':', 2) is not [{ Length: > 0 } user, .. var rest]) return proxy;
        proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(user), rest.Length == 0 ? "" : Uri.UnescapeDataString(rest[0]));
        return proxy;
    }
}
