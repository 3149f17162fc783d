using System.Collections.Concurrent;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Kwid.Core.Sources;

/// <summary>When the certificates of servers end. Noted with each new connection, so that it is known of answers over old ones as well.</summary>
internal sealed class ServerCertificates
{
    // Redirects could otherwise fill the memory. What is forgotten comes back with the next connection, in two minutes at most.
    private const int Kept = 4096;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks at the certificate of a connection just made; for <see cref="SocketsHttpHandler.PlaintextStreamFilter"/>.</summary>
    public ValueTask<Stream> LookAsync(SocketsHttpPlaintextStreamFilterContext connection, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var asked = connection.InitialRequestMessage;
        // The connection to a proxy shows the proxy's certificate; only the one through its tunnel shows the server's.
        if (asked.Method != HttpMethod.Connect && asked.RequestUri is { } address && address.Scheme == Uri.UriSchemeHttps
            && connection.PlaintextStream is SslStream { RemoteCertificate: X509Certificate2 certificate })
        {
            if (_ends.Count >= Kept) _ends.Clear();
            _ends[address.Authority] = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        }

        return ValueTask.FromResult(connection.PlaintextStream);
    }

    /// <summary>When the certificate of the address's server ends, UTC; null when none was seen.</summary>
    public DateTimeOffset? FindEnd(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps && _ends.TryGetValue(address.Authority, out var end) ? end : null;
}
