using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Text;

namespace Kwid.Core.Sources;

/// <summary>Sets up HTTP clients as network policy and route want them: proxy, authorities, certificates, guard; no cookies, no redirects by themselves, TLS always verified.</summary>
internal sealed class HttpTransport(
    NetworkPolicy policy, IWebProxy environment, AddressGuard guard, ServerCertificates certificates, NameLookup lookup, FetchLimits limits, TimeProvider time)
{
    // Any address tells by which proxies http and https go.
    private static readonly Uri[] Samples = [new("https://kwid.invalid/"), new("http://kwid.invalid/")];

    /// <summary>A client that is used for the life of the fetcher; it owns its handler.</summary>
    /// <exception cref="PemFileException">A file of certificates cannot be used.</exception>
    public HttpClient Make(HttpRoute route)
    {
        var proxy = (route.Proxy ?? policy.Proxy) is { } address ? ProxyAt(address) : environment;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,                                                              // each hop passes guard and pacer
            AutomaticDecompression = DecompressionMethods.None,                                     // ContentCoding does it
            ConnectCallback = new GuardedConnector(guard, proxy, lookup, limits, time).ConnectAsync,
            ConnectTimeout = limits.Connect,
            MaxConnectionsPerServer = 2,
            PlaintextStreamFilter = certificates.LookAsync,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),                                     // DNS changes are noticed
            Proxy = proxy,
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,                              // validators go back byte for byte
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            UseCookies = false,
            UseProxy = true,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = new CertificateCheck(new[] { policy.CaFile, route.CaFile }.OfType<string>().Distinct(StringComparer.Ordinal)).Accept;
        if (route.ClientCertificate is { } file) ShowCertificate(handler.SslOptions, file, proxy);
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>A proxy that is spoken to over TLS must not get our certificate; it is asked for it by the same options, so its name decides.</summary>
    private static void ShowCertificate(SslClientAuthenticationOptions options, string file, IWebProxy proxy)
    {
        var (own, between) = PemFiles.ReadClient(file);
        var proxies = Samples.Select(proxy.GetProxy).Where(via => via?.Scheme == Uri.UriSchemeHttps).Select(via => via!.IdnHost).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (proxies.Count == 0) options.ClientCertificateContext = SslStreamCertificateContext.Create(own, between, offline: true);
        else options.LocalCertificateSelectionCallback = (_, host, _, _, _) => proxies.Contains(host) ? null! : own;
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
