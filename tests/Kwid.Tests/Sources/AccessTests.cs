using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

/// <summary>Credentials, and who gets them.</summary>
public class AccessTests
{
    private const string Document = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static readonly SourceAccess Secret = new()
    {
        Headers = new Dictionary<string, string> { ["X-Api-Key"] = "geheim-1", ["Accept"] = "text/plain", ["X-Kunde"] = "geheim-2" },
        ConfidentialHeaders = new HashSet<string> { "X-Kunde" },
        User = "kwid",
        Password = "gehäim:3",
    };

    [Fact]
    public async Task The_sources_own_host_gets_user_password_and_headers()
    {
        await using var server = new RawServer(RawServer.Always(Document));
        using var fetcher = Upstream.Fetcher();

        await fetcher.AskAsync(Make.Source(url: server.Url.AbsoluteUri) with { Access = Secret });

        Assert.Contains($"\r\nAuthorization: Basic {Convert.ToBase64String("kwid:gehäim:3"u8)}\r\n", server.Heads[0], StringComparison.Ordinal);
        Assert.Contains("\r\nX-Api-Key: geheim-1\r\n", server.Heads[0], StringComparison.Ordinal);
        Assert.Contains("\r\nAccept: text/plain\r\n", server.Heads[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bearer_token_is_sent_as_such()
    {
        await using var server = new RawServer(RawServer.Always(Document));
        using var fetcher = Upstream.Fetcher();

        await fetcher.AskAsync(Make.Source(url: server.Url.AbsoluteUri) with { Access = new SourceAccess { Bearer = "abc.def" } });

        Assert.Contains("\r\nAuthorization: Bearer abc.def\r\n", server.Heads[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other.example")]
    [InlineData("sub.upstream.example")]
    public async Task Another_host_gets_nothing_of_it_along_a_redirect(string host)
    {
        await using var server = new RawServer((socket, cancel) => RawServer.SendAsync(socket, Document, cancel));
        await using var first = new RawServer(RawServer.Always($"HTTP/1.1 302 Found\r\nLocation: {server.Url.By(host)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var fetcher = Upstream.EveryName();

        var outcome = await fetcher.AskAsync(Make.Source(url: first.Url.By("upstream.example").AbsoluteUri) with { Access = Secret });

        Assert.IsType<FetchOutcome.Fetched>(outcome);
        Assert.Contains("geheim-1", first.Heads[0], StringComparison.Ordinal);
        Assert.DoesNotMatch("geheim|Authorization|X-Kunde", server.Heads[0]);
    }

    [Fact]
    public async Task Another_port_of_the_same_host_is_another_host()
    {
        await using var server = new RawServer(RawServer.Always(Document));
        await using var first = new RawServer(RawServer.Always($"HTTP/1.1 302 Found\r\nLocation: {server.Url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var fetcher = Upstream.Fetcher();

        await fetcher.AskAsync(Make.Source(url: first.Url.AbsoluteUri) with { Access = Secret });

        Assert.DoesNotMatch("geheim|Authorization", server.Heads[0]);
    }

    [Fact]
    public async Task A_redirect_within_the_own_host_keeps_them()
    {
        var answers = new Queue<string>(["HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", Document]);
        await using var server = new RawServer((socket, cancel) => RawServer.SendAsync(socket, answers.Dequeue(), cancel));
        using var fetcher = Upstream.Fetcher();

        await fetcher.AskAsync(Make.Source(url: server.Url.AbsoluteUri) with { Access = Secret });

        Assert.All(server.Heads, head => Assert.Contains("geheim-1", head, StringComparison.Ordinal));
        Assert.Equal(2, server.Heads.Count);
    }

    [Fact]
    public async Task A_refusal_says_where_credentials_are_written_or_that_they_are_wrong()
    {
        const string refusal = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        await using var server = new RawServer(RawServer.Always(refusal));
        await using var first = new RawServer(RawServer.Always($"HTTP/1.1 302 Found\r\nLocation: {server.Url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var fetcher = Upstream.Fetcher();

        var none = await fetcher.FailAsync(server.Url);
        var wrong = Assert.IsType<FetchOutcome.Failed>(await fetcher.AskAsync(Make.Source(url: server.Url.AbsoluteUri) with { Access = Secret }));
        var kept = Assert.IsType<FetchOutcome.Failed>(await fetcher.AskAsync(Make.Source(url: first.Url.AbsoluteUri) with { Access = Secret }));

        Assert.Contains("give source 'bsi-wid' user and password, bearer or headers", none.Reason, StringComparison.Ordinal);
        Assert.Contains("check user and password, bearer or headers of source 'bsi-wid'", wrong.Reason, StringComparison.Ordinal);
        Assert.Contains("go to the source's own host alone, not along a redirect", kept.Reason, StringComparison.Ordinal);
        Assert.All([none, wrong, kept], failed => Assert.DoesNotContain("geheim", failed.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_explanation_shows_headers_but_no_secret_of_them()
    {
        await using var server = new RawServer(RawServer.Always(
            "HTTP/1.1 200 OK\r\nSet-Cookie: sid=geheim-4\r\nX-Cache: HIT\r\nContent-Type: text/xml\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<rss/>"));
        using var fetcher = Upstream.Fetcher();
        var source = Make.Source(url: server.Url.AbsoluteUri) with { Access = Secret };

        var exchange = Assert.Single((await fetcher.AskAsync(source, new Validators("\"v1\"", null))).Exchanges);

        var (sent, answered) = (exchange.Request.ToDictionary(), exchange.Response.ToDictionary());
        Assert.Equal((server.Url.AbsoluteUri, 200, 6L), (exchange.Address, exchange.Status, exchange.Bytes));
        Assert.Equal(("…", "…", "…"), (sent["Authorization"], sent["X-Api-Key"], sent["X-Kunde"]));
        Assert.Equal(("text/plain", "\"v1\"", "gzip, deflate, br"), (sent["Accept"], sent["If-None-Match"], sent["Accept-Encoding"]));
        Assert.Equal(("…", "HIT", "text/xml"), (answered["Set-Cookie"], answered["X-Cache"], answered["Content-Type"]));
    }

    [Fact]
    public async Task A_confidential_address_is_not_in_the_explanation_either()
    {
        await using var server = new RawServer(RawServer.Always("HTTP/1.1 301 Moved\r\nLocation: /new?token=geheim\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var fetcher = Upstream.Fetcher();

        var outcome = await fetcher.AskAsync(Make.Source(url: server.Url + "?token=geheim") with { IsAddressConfidential = true });

        Assert.Equal(2, outcome.Exchanges.Count);
        Assert.All(outcome.Exchanges, exchange => Assert.DoesNotContain("geheim", exchange.Address + string.Join("", exchange.Response), StringComparison.Ordinal));
    }
}
