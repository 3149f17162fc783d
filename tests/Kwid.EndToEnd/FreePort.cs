using System.Net;
using System.Net.Sockets;

namespace Kwid.EndToEnd;

/// <summary>Finds a port of the loopback address that nobody uses.</summary>
internal static class FreePort
{
    /// <summary>Free a moment ago: whoever needs it takes it at once.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
