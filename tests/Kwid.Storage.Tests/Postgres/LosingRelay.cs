using System.Net;
using System.Net.Sockets;

namespace Kwid.Storage.Tests.Postgres;

/// <summary>When a connection is cut.</summary>
internal enum Loss
{
    Never,

    /// <summary>The server does not get the commit.</summary>
    BeforeCommit,

    /// <summary>The server commits; its answer does not arrive.</summary>
    AfterCommit,
}

/// <summary>A loopback port before a server's socket, which loses one connection at the moment that a test asks for.</summary>
internal sealed class LosingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly string _socket;
    private readonly Task _accepting;

    /// <param name="socket">The server's.</param>
    public LosingRelay(string socket)
    {
        _socket = socket;
        _listener.Start();
        _accepting = AcceptAsync(_ended.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What happens to the next commit; once.</summary>
    public Loss Next { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancel)
    {
        var relays = new List<Task>();
        try
        {
            while (true) relays.Add(RelayAsync(await _listener.AcceptSocketAsync(cancel), cancel));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(Socket client, CancellationToken cancel)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_socket), cancel);
                // Whichever way ends first ends the other.
                await Task.WhenAny(AskAsync(client, server, cancel), CopyAsync(server, client, cancel));
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                // The test is over, or the server is.
            }
        }
    }

    private async Task AskAsync(Socket client, Socket server, CancellationToken cancel)
    {
        var bytes = new byte[64 * 1024];
        while (await client.ReceiveAsync(bytes, cancel) is > 0 and var read)
        {
            var loss = bytes.AsSpan(0, read).IndexOf("COMMIT\0"u8) >= 0 ? Next : Loss.Never;
            if (loss != Loss.Never) Next = Loss.Never;
            if (loss == Loss.BeforeCommit) return;
            if (loss == Loss.AfterCommit) client.Close();
            await server.SendAsync(bytes.AsMemory(0, read), cancel);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancel)
    {
        var bytes = new byte[64 * 1024];
        while (await from.ReceiveAsync(bytes, cancel) is > 0 and var read) await to.SendAsync(bytes.AsMemory(0, read), cancel);
    }
}
