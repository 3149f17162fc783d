using System.Net;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

public class ProxyTests
{
    private const string Document = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<rss/>";

    [Fact]
    public async Task A_proxy_on_a_private_address_is_the_operators_choice_and_gets_the_request()
    {
        await using var proxy = new RawServer(RawServer.Always(Document));
        using var fetcher = Upstream.Fetcher(Upstream.Network() with { Proxy = new Uri(proxy.Url, "/") });

        var outcome = await fetcher.AskAsync(new Uri("http://upstream.example/feed"));

        Assert.IsType<FetchOutcome.Fetched>(outcome);
        Assert.StartsWith("GET http://upstream.example/feed HTTP/1.1\r\n", proxy.Heads.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_is_no_way_round_the_guard()
    {
        await using var proxy = new RawServer(RawServer.Always(Document));
        using var fetcher = Upstream.Fetcher(Upstream.Network() with { Proxy = new Uri(proxy.Url, "/") });

        var failed = await fetcher.FailAsync(new Uri("http://169.254.169.254/latest"));

        Assert.Contains("leads to 169.254.169.254, a link-local address", failed.Reason, StringComparison.Ordinal);
        Assert.Empty(proxy.Heads);
    }

    [Fact]
    public async Task Credentials_of_the_proxy_stand_in_its_address()
    {
        await using var proxy = new RawServer((socket, cancel) => RawServer.SendAsync(
            socket, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", cancel));
        var address = new UriBuilder(proxy.Url) { Path = "/", UserName = "kwid", Password = "ge%3Aheim" }.Uri;
        using var fetcher = Upstream.Fetcher(Upstream.Network() with { Proxy = address });

        await fetcher.FailAsync(new Uri("http://upstream.example/feed"));

        Assert.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String("kwid:ge:heim"u8), proxy.Heads[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_refuses_the_tunnel_is_told_as_such()
    {
        await using var proxy = new RawServer(RawServer.Always("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        var address = new UriBuilder(proxy.Url) { Path = "/", UserName = "kwid", Password = "geheim" }.Uri;
        using var fetcher = Upstream.Fetcher(Upstream.Network() with { Proxy = address });

        var failed = await fetcher.FailAsync(new Uri("https://upstream.example/feed"));

        Assert.Contains("is not let through by the proxy", failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("network.proxy", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_does_not_run_is_not_taken_for_the_source()
    {
        using var fetcher = Upstream.Fetcher(Upstream.Network() with { Proxy = new Uri("http://127.0.0.1:1/") });

        var failed = await fetcher.FailAsync(new Uri("https://upstream.example/feed"));

        Assert.Contains("was not asked: the proxy 127.0.0.1:1 was not reached (ConnectionRefused)", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_of_the_environment_for_https_alone_gets_the_tunnel()
    {
        await using var proxy = new RawServer(RawServer.Always("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var fetcher = new HttpFetcher(Upstream.Network(), Upstream.Polling(), TimeProvider.System, Upstream.NoWaiting,
            (_, _) => throw new InvalidOperationException("the proxy resolves names"), new HttpsProxy(new Uri(proxy.Url, "/")));

        await fetcher.FailAsync(new Uri("https://upstream.example/feed"));

        Assert.StartsWith("CONNECT upstream.example:443 HTTP/1.1\r\n", proxy.Heads[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_may_have_a_proxy_of_its_own_with_a_login()
    {
        await using var common = new RawServer(RawServer.Always(Document));
        await using var own = new RawServer((socket, cancel) => RawServer.SendAsync(
            socket, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", cancel));
        using var fetcher = Upstream.Fetcher(Upstream.Network() with { Proxy = new Uri(common.Url, "/") });
        var source = Make.Source(url: "http://upstream.example/feed");
        var address = new UriBuilder(own.Url) { Path = "/", UserName = "kwid", Password = "geheim" }.Uri;

        var failed = Assert.IsType<FetchOutcome.Failed>(await fetcher.AskAsync(source with { Access = new SourceAccess { Proxy = address, Bearer = "token" } }));
        var other = await fetcher.AskAsync(source);

        Assert.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String("kwid:geheim"u8), own.Heads[^1], StringComparison.Ordinal);
        Assert.Contains("write them into the proxy of source 'bsi-wid'", failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", failed.Reason, StringComparison.Ordinal);
        Assert.All(failed.Exchanges.SelectMany(exchange => exchange.Request), header => Assert.DoesNotContain(Convert.ToBase64String("kwid:geheim"u8), header.Value, StringComparison.Ordinal));
        Assert.IsType<FetchOutcome.Fetched>(other);
        Assert.Single(common.Heads);
    }

    [Fact]
    public async Task Asking_a_proxy_for_a_tunnel_tells_it_no_credentials_of_the_source()
    {
        await using var proxy = new RawServer(RawServer.Always("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var fetcher = Upstream.Fetcher(Upstream.Network());
        var access = new SourceAccess { Proxy = new Uri(proxy.Url, "/"), Bearer = "geheim", Headers = new Dictionary<string, string> { ["X-Api-Key"] = "geheim" } };

        var failed = Assert.IsType<FetchOutcome.Failed>(await fetcher.AskAsync(Make.Source() with { Access = access }));

        Assert.StartsWith("CONNECT upstream.example:443 HTTP/1.1\r\n", proxy.Heads[0], StringComparison.Ordinal);
        Assert.All(proxy.Heads, head => Assert.DoesNotContain("geheim", head, StringComparison.Ordinal));
        Assert.Contains("check the proxy of source 'bsi-wid'", failed.Reason, StringComparison.Ordinal);
    }

    /// <summary>As .NET makes it of HTTPS_PROXY without HTTP_PROXY.</summary>
    private sealed class HttpsProxy(Uri address) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : address;

        public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps;
    }
}
