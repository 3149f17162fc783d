using System.Net;
using System.Net.Sockets;
using Kwid.Core.Sources;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Sources;

/// <summary>What networks do to a client; the operator must be able to tell one from the other.</summary>
public class NetworkFaultTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n";

    [Fact]
    public async Task A_reset_is_told_as_such_and_tried_once_more()
    {
        await using var server = new RawServer((socket, _) => Reset(socket));
        using var fetcher = Upstream.Fetcher();

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains("broke the connection off (reset)", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_reset_amid_the_body_is_told_as_such()
    {
        await using var server = new RawServer(async (socket, cancel) =>
        {
            await RawServer.SendAsync(socket, Head + "Content-Length: 100\r\n\r\n<rss>", cancel);
            await Reset(socket);
        });
        using var fetcher = Upstream.Fetcher();

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Matches("broke the connection off|ended its answer before", failed.Reason);
    }

    [Fact]
    public async Task A_body_shorter_than_announced_is_no_document()
    {
        await using var server = new RawServer(RawServer.Always(Head + "Content-Length: 100\r\n\r\n<rss>"));
        using var fetcher = Upstream.Fetcher();

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains("ended its answer before it was complete", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_without_its_last_chunk_is_no_document()
    {
        await using var server = new RawServer(RawServer.Always(Head + "Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"));
        using var fetcher = Upstream.Fetcher();

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains("ended its answer before it was complete", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_HTTP_is_told_as_such()
    {
        await using var server = new RawServer(RawServer.Always("SSH-2.0-OpenSSH_9.9\r\n\r\n"));
        using var fetcher = Upstream.Fetcher();

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains("did not answer in proper HTTP", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 1001\r\n\r\n")]
    [InlineData("\r\n")]
    public async Task A_body_that_is_too_long_is_not_read_whether_announced_or_not(string announced)
    {
        await using var server = new RawServer(RawServer.Always(Head + announced + new string('x', 1001)));
        using var fetcher = Upstream.Fetcher(limits: Upstream.NoWaiting with { MaxBodyBytes = 1000 });

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains("more than 1000 bytes", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_body_as_long_as_allowed_is_read()
    {
        await using var server = new RawServer(RawServer.Always(Head + "Content-Length: 1000\r\n\r\n" + new string('x', 1000)));
        using var fetcher = Upstream.Fetcher(limits: Upstream.NoWaiting with { MaxBodyBytes = 1000 });

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await fetcher.AskAsync(server.Url));

        Assert.Equal(1000, fetched.Document.Body.Length);
    }

    [Fact]
    public async Task A_body_without_end_ends_at_the_limit()
    {
        var chunk = new string('x', 16 * 1024);
        await using var server = new RawServer(async (socket, cancel) =>
        {
            await RawServer.SendAsync(socket, Head + "\r\n", cancel);
            while (true) await RawServer.SendAsync(socket, chunk, cancel);
        });
        using var fetcher = Upstream.Fetcher(limits: Upstream.NoWaiting with { MaxBodyBytes = 1_000_000 });

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains("more than 1000000 bytes", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_longer_than_announced_is_read_as_far_as_it_was()
    {
        await using var server = new RawServer(RawServer.Always(Head + "Content-Length: 6\r\n\r\n<rss/>HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"));
        using var fetcher = Upstream.Fetcher();

        var first = Assert.IsType<FetchOutcome.Fetched>(await fetcher.AskAsync(server.Url));
        var second = Assert.IsType<FetchOutcome.Fetched>(await fetcher.AskAsync(server.Url));

        Assert.All([first, second], fetched => Assert.Equal("<rss/>"u8.ToArray(), fetched.Document.Body.ToArray()));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_name_server_that_never_answers_is_told_apart_from_a_host_that_does_not()
    {
        using var fetcher = new HttpFetcher(Upstream.Network(), Upstream.Polling(), TimeProvider.System, Upstream.NoWaiting with { Connect = TimeSpan.FromMilliseconds(200) },
            (_, _) => new TaskCompletionSource<IPAddress[]>().Task);

        var failed = await fetcher.FailAsync(new Uri("http://upstream.example/feed"));

        Assert.Contains("DNS gave no answer for host name 'upstream.example'", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_lets_nobody_in_gives_no_connection()
    {
        using var crowded = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        crowded.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        crowded.Listen(0);
        var end = (IPEndPoint)crowded.LocalEndPoint!;
        using var queue = new Crowd(end);                      // fills the queue, so that further knocking is not heard
        using var fetcher = Upstream.Fetcher(limits: Upstream.NoWaiting with { Connect = TimeSpan.FromMilliseconds(300) });

        var failed = await fetcher.FailAsync(new Uri($"http://{end}/feed"));

        Assert.Contains("gave no connection within 0.3 s", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_has_thirty_seconds()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using var server = new RawServer((_, cancel) => { asked.SetResult(); return Forever(cancel); });
        using var fetcher = Upstream.Fetcher(time: time);

        var fetch = fetcher.FailAsync(server.Url);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(29));
        var early = fetch.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(1));
        var failed = await fetch;

        Assert.False(early);
        Assert.Contains("had not answered to the end within 30 s", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_body_that_stops_has_ten_seconds()
    {
        var limits = Upstream.NoWaiting with { Idle = TimeSpan.FromMilliseconds(200) };
        await using var server = new RawServer(async (socket, cancel) =>
        {
            await RawServer.SendAsync(socket, Head + "Content-Length: 100\r\n\r\n<rss>", cancel);
            await Forever(cancel);
        });
        using var fetcher = Upstream.Fetcher(limits: limits);

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Equal(TimeSpan.FromSeconds(10), FetchLimits.Default.Idle);
        Assert.Contains("fell silent for 0.2 s after 5 bytes", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_drips_is_cut_off_by_the_limit_in_all()
    {
        var limits = Upstream.NoWaiting with { Idle = TimeSpan.FromSeconds(5), Total = TimeSpan.FromMilliseconds(400) };
        await using var server = new RawServer(async (socket, cancel) =>
        {
            await RawServer.SendAsync(socket, Head + "Content-Length: 100000\r\n\r\n", cancel);
            while (true)
            {
                await RawServer.SendAsync(socket, "x", cancel);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
            }
        });
        using var fetcher = Upstream.Fetcher(limits: limits);

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains("had not answered to the end within 0.4 s", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_TLS_handshake_that_never_ends_is_no_connection()
    {
        var limits = Upstream.NoWaiting with { Connect = TimeSpan.FromMilliseconds(300) };
        await using var server = new RawServer((_, cancel) => Forever(cancel), waitForHead: false);
        using var fetcher = Upstream.Fetcher(limits: limits);

        var failed = await fetcher.FailAsync(new UriBuilder(server.Url) { Scheme = "https" }.Uri);

        Assert.Contains("gave no connection within 0.3 s", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_refuses()
    {
        using var fetcher = Upstream.Fetcher();

        var failed = await fetcher.FailAsync(new Uri("http://127.0.0.1:1/"));

        Assert.Contains("refused the connection: no server listens there", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "host name 'upstream.example' not found; either there is no internet")]
    [InlineData(SocketError.NoData, "host name 'upstream.example' not found; either there is no internet")]
    [InlineData(SocketError.TryAgain, "DNS gave no answer for host name 'upstream.example'")]
    public async Task A_name_that_is_not_found_is_told_apart_from_a_name_server_that_is_silent(SocketError error, string told)
    {
        using var fetcher = new HttpFetcher(Upstream.Network(), Upstream.Polling(), TimeProvider.System, Upstream.NoWaiting, (_, _) => throw new SocketException((int)error));

        var failed = await fetcher.FailAsync(new Uri("http://upstream.example/feed"));

        Assert.Contains(told, failed.Reason, StringComparison.Ordinal);
        Assert.Null(failed.Status);
    }

    [Fact]
    public async Task The_next_address_of_a_host_is_tried_when_the_first_refuses()
    {
        await using var server = new RawServer(RawServer.Always(Head + "Content-Length: 0\r\n\r\n"));
        using var fetcher = new HttpFetcher(Upstream.Network("127.0.0.0/8"), Upstream.Polling(), TimeProvider.System, Upstream.NoWaiting,
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.99"), IPAddress.Loopback]));

        var outcome = await fetcher.AskAsync(new UriBuilder(server.Url) { Host = "upstream.example" }.Uri);

        Assert.IsType<FetchOutcome.Fetched>(outcome);
    }

    [Fact]
    public async Task Cancellation_is_no_outcome()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new RawServer((_, cancel) => { stop.Cancel(); return Forever(cancel); });
        using var fetcher = Upstream.Fetcher();

        var fetch = fetcher.FetchAsync(Upstream.Request(server.Url), stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }

    [Fact]
    public async Task An_address_that_is_not_of_the_web_is_misuse()
    {
        using var fetcher = Upstream.Fetcher();

        await Assert.ThrowsAsync<ArgumentException>(() => fetcher.AskAsync(new Uri("ftp://upstream.example/feed")));
    }

    /// <summary>Connections that nobody accepts.</summary>
    private sealed class Crowd : IDisposable
    {
        private readonly List<Socket> _all = [];

        public Crowd(EndPoint end)
        {
            for (var number = 0; number < 4; number++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                _all.Add(socket);
                try
                {
                    socket.Connect(end);
                }
                catch (SocketException knocking) when (knocking.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    // It stands in the queue, or before it.
                }
            }
        }

        public void Dispose() => _all.ForEach(socket => socket.Dispose());
    }

    private static Task Forever(CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);

    private static Task Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
        return Task.CompletedTask;
    }
}
