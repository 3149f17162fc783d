using Kwid.Core.Model;
using Kwid.Core.Sources;
using Kwid.Tests.Configuration;

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
    public async Task An_authority_of_one_source_is_trusted_for_that_one_alone()
    {
        await using var server = new TlsServer("localhost", Document);
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost"));
        var source = Make.Source(url: server.Url.AbsoluteUri);

        var trusting = await fetcher.AskAsync(source with { Access = new SourceAccess { CaFile = server.CaFile } });
        var other = await fetcher.FailAsync(server.Url);

        Assert.IsType<FetchOutcome.Fetched>(trusting);
        Assert.Contains("comes from no trusted authority", other.Reason, StringComparison.Ordinal);
        Assert.Contains("network.caFile or in caFile of the source", other.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_wants_a_certificate_gets_that_of_the_source()
    {
        await using var server = new TlsServer("localhost", Document, asksClients: true);
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost") with { CaFile = server.CaFile });
        using var file = new PemFile();
        var source = Make.Source(url: server.Url.AbsoluteUri);

        var without = Assert.IsType<FetchOutcome.Failed>(await fetcher.AskAsync(source));
        var with = await fetcher.AskAsync(source with { Access = new SourceAccess { ClientCertificate = file.Path } });

        Assert.IsType<FetchOutcome.Fetched>(with);
        Assert.Equal(["CN=Test"], server.Clients);
        Assert.Contains("clientCertificate of source 'bsi-wid'", without.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_certificate_of_a_source_is_shown_to_its_own_host_alone()
    {
        await using var second = new TlsServer("localhost", Document, asksClients: true, authority: "Another authority");
        await using var first = new TlsServer("localhost", $"HTTP/1.1 302 Found\r\nLocation: {second.Url}\r\nContent-Length: 0\r\n\r\n", asksClients: true);
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost") with { CaFile = first.CaFile });
        using var file = new PemFile();

        var outcome = await fetcher.AskAsync(Make.Source(url: first.Url.AbsoluteUri) with { Access = new SourceAccess { ClientCertificate = file.Path, CaFile = second.CaFile } });

        Assert.IsType<FetchOutcome.Failed>(outcome);
        Assert.Equal(["CN=Test"], first.Clients);
        Assert.Empty(second.Clients);                                       // whoever shows none is sent away
        Assert.NotEqual(0, second.Connections);
    }

    [Fact]
    public async Task A_proxy_that_is_spoken_to_over_TLS_does_not_get_it_either()
    {
        await using var proxy = new TlsServer("localhost", Document, asksClients: true);
        using var fetcher = Upstream.Fetcher();
        using var file = new PemFile();
        var access = new SourceAccess { ClientCertificate = file.Path, Proxy = new Uri(proxy.Url, "/"), CaFile = proxy.CaFile };

        await fetcher.AskAsync(Make.Source() with { Access = access });

        Assert.Empty(proxy.Clients);                                        // whoever shows none is sent away
        Assert.NotEqual(0, proxy.Connections);
    }

    [Fact]
    public async Task A_file_of_a_source_that_has_gone_fails_its_fetches_until_it_is_back()
    {
        await using var server = new TlsServer("localhost", Document);
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost"));
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "ca.pem");
        var source = Make.Source(url: server.Url.AbsoluteUri) with { Access = new SourceAccess { CaFile = file } };

        var gone = Assert.IsType<FetchOutcome.Failed>(await fetcher.AskAsync(source));
        File.Copy(server.CaFile, file);
        var back = await fetcher.AskAsync(source);

        Assert.Contains($"was not asked: '{file}' cannot be read", gone.Reason, StringComparison.Ordinal);
        Assert.Contains("name a readable PEM file for source 'bsi-wid'", gone.Reason, StringComparison.Ordinal);
        Assert.IsType<FetchOutcome.Fetched>(back);
    }

    [Fact]
    public async Task The_end_of_the_certificate_is_told_over_a_new_connection_and_an_old_one()
    {
        await using var server = new TlsServer("localhost", Document);
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost") with { CaFile = server.CaFile });

        var first = await fetcher.AskAsync(server.Url);
        var second = await fetcher.AskAsync(server.Url);

        Assert.Equal(server.Expires, first.CertificateExpires);
        Assert.Equal(server.Expires, second.CertificateExpires);
        Assert.Equal((1, 2), (server.Clients.Count, server.Heads.Count));
    }

    [Fact]
    public async Task Of_two_servers_that_answered_the_certificate_of_the_last_counts_and_without_TLS_there_is_none()
    {
        await using var second = new TlsServer("localhost", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", expires: TimeProvider.System.GetUtcNow().AddDays(3), authority: "Another authority");
        await using var first = new TlsServer("localhost", $"HTTP/1.1 302 Found\r\nLocation: {second.Url}\r\nContent-Length: 0\r\n\r\n");
        await using var plain = new RawServer(RawServer.Always(Document));
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost", "127.0.0.1") with { CaFile = first.CaFile });

        var failed = await fetcher.AskAsync(Make.Source(url: first.Url.AbsoluteUri) with { Access = new SourceAccess { CaFile = second.CaFile } });
        var without = await fetcher.AskAsync(plain.Url);

        Assert.Equal((404, second.Expires), (Assert.IsType<FetchOutcome.Failed>(failed).Status, failed.CertificateExpires));
        Assert.IsType<FetchOutcome.Fetched>(without);
        Assert.Null(without.CertificateExpires);
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

    /// <summary>A client's certificate with its key, gone after the test.</summary>
    private sealed class PemFile : IDisposable
    {
        public PemFile() => File.WriteAllText(Path, Certificate.PemWithKey());

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("kwid-tls-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
