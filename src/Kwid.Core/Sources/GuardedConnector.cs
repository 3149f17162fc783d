using System.Net;
using System.Net.Http;
using System.Net.Sockets;

namespace Kwid.Core.Sources;

/// <summary>Finds the addresses of a host name; tests put a table in its place.</summary>
internal delegate Task<IPAddress[]> NameLookup(string host, CancellationToken cancel);

/// <summary>
/// Opens the connections of <see cref="HttpFetcher"/>. The guard is asked after DNS with the very addresses that are then connected to: a name that
/// resolves differently a moment later gains nothing.
/// </summary>
internal sealed class GuardedConnector(AddressGuard guard, IWebProxy proxy, NameLookup lookup, FetchLimits limits, TimeProvider time)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        if (!LeadsToProxy(context)) return await ConnectToFirstAsync(guard.Admit(host, port, await ResolveAsync(host, cancel)), port, cancel);
        try
        {
            return await ConnectToFirstAsync(await ResolveAsync(host, cancel), port, cancel);
        }
        catch (SocketException fault)
        {
            throw new ProxyOutOfReachException(host, port, fault);
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await LookUpAsync(host, cancel);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>Some systems' lookups cannot be called off, so they are left to themselves.</summary>
    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancel)
    {
        try
        {
            return await lookup(host, cancel).WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            throw new SilentNameServerException(host);
        }
    }

    /// <summary>The proxy is the operator's own choice and often stands on a private address; it is not guarded.</summary>
    private bool LeadsToProxy(SocketsHttpConnectionContext context)
    {
        // A tunnel is asked for by a CONNECT of the handler's own; nothing else sends one.
        if (context.InitialRequestMessage.Method == HttpMethod.Connect) return true;
        if (context.InitialRequestMessage.RequestUri is not { } target || proxy.IsBypassed(target)) return false;
        return proxy.GetProxy(target) is { } via
            && via.Port == context.DnsEndPoint.Port
            && string.Equals(via.IdnHost, context.DnsEndPoint.Host, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Stream> ConnectToFirstAsync(IPAddress[] addresses, int port, CancellationToken cancel)
    {
        // One address that swallows everything (broken IPv6, mostly) must leave time for the next.
        var share = limits.Connect / Math.Min(addresses.Length, 3);
        SocketException? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(address, port), share, cancel);
            }
            catch (SocketException fault)
            {
                last = fault;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private async Task<Stream> ConnectAsync(IPEndPoint end, TimeSpan limit, CancellationToken cancel)
    {
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            await socket.ConnectAsync(end, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException)
        {
            // Ours or the handler's limit, which may come in the same moment; where the caller gave up, nobody reads this.
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>No connection to the proxy, which says nothing of the source behind it.</summary>
/// <param name="host">The proxy's host.</param>
/// <param name="port">The proxy's port.</param>
/// <param name="fault">What happened.</param>
internal sealed class ProxyOutOfReachException(string host, int port, SocketException fault)
    : IOException($"the proxy {host}:{port} was not reached ({fault.SocketErrorCode})", fault);

/// <summary>No answer from DNS in time.</summary>
/// <param name="host">The name that was looked up.</param>
internal sealed class SilentNameServerException(string host) : IOException($"DNS gave no answer for '{host}' in time");
