using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kwid.Tests.Sources;

/// <summary>A server without manners: each connection is handed to the script after the request's head has come.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new(TimeSpan.FromSeconds(30));
    private readonly Func<Socket, CancellationToken, Task> _script;
    private readonly bool _waitForHead;
    private readonly Task _loop;
    private int _connections;

    public RawServer(Func<Socket, CancellationToken, Task> script, bool waitForHead = true)
    {
        (_script, _waitForHead) = (script, waitForHead);
        _listener.Start();
        _loop = ServeAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/feed");

    public int Connections => _connections;

    /// <summary>Heads that came, in their order.</summary>
    public List<string> Heads { get; } = [];

    public static Task SendAsync(Socket socket, string text, CancellationToken cancel) => socket.SendAsync(Encoding.Latin1.GetBytes(text), cancel).AsTask();

    public static Func<Socket, CancellationToken, Task> Always(string text) => (socket, cancel) => SendAsync(socket, text, cancel);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                using var socket = await _listener.AcceptSocketAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                if (_waitForHead) await ReadHeadAsync(socket);
                await _script(socket, _end.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over, or the client went away: both are meant.
        }
    }

    private async Task ReadHeadAsync(Socket socket)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, _end.Token);
            if (count == 0) return;
            head.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        Heads.Add(head.ToString());
    }
}
