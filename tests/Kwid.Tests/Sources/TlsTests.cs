using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

public class TlsTests
{
    private const string Document = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>";

    [Fact]
    public async Task An_authority_that_nobody_named_is_not_trusted()
    {
        await using var server = new TlsServer("localhost", Document);
        using var fetcher = Upstream.Fetcher();

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains("made no TLS connection that can be trusted: its certificate, issued by 'CN=Kwid test authority', comes from no trusted authority", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("network.caFile", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_of_our_own_is_trusted_once_it_is_named()
    {
        await using var server = new TlsServer("localhost", Document);
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost") with { CaFile = server.CaFile });

        var outcome = await fetcher.AskAsync(server.Url);

        Assert.IsType<FetchOutcome.Fetched>(outcome);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_whoever_signed_it()
    {
        await using var server = new TlsServer("elsewhere.example", Document);
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost") with { CaFile = server.CaFile });

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains("its certificate is for 'elsewhere.example', not for this host", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_whoever_signed_it()
    {
        await using var server = new TlsServer("localhost", Document, expires: TimeProvider.System.GetUtcNow().AddDays(-1));
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost") with { CaFile = server.CaFile });

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains("its certificate is valid from", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_certificate_is_told_at_the_start()
    {
        var file = Path.GetTempFileName();

        var told = Assert.Throws<ArgumentException>(() => Upstream.Fetcher(Upstream.Network() with { CaFile = file }));

        Assert.Contains("holds no certificate", told.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_at_the_start()
    {
        var told = Assert.Throws<ArgumentException>(() => Upstream.Fetcher(Upstream.Network() with { CaFile = "/nowhere/ca.pem" }));

        Assert.Contains("network.caFile: '/nowhere/ca.pem' cannot be read", told.Message, StringComparison.Ordinal);
    }
}
