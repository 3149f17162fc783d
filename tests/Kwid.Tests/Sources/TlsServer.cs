using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kwid.Tests.Sources;

/// <summary>An https server whose certificate comes from an authority made for this test alone.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new(TimeSpan.FromSeconds(30));
    private readonly X509Certificate2 _certificate;
    private readonly string _answer;
    private readonly bool _asksClients;
    private readonly List<Task> _served = [];
    private readonly Task _loop;

    /// <param name="name">Whom the certificate is for.</param>
    /// <param name="answer">What each request is answered.</param>
    /// <param name="expires">When the certificate ends.</param>
    /// <param name="asksClients">Whether whoever shows no certificate is sent away.</param>
    /// <param name="authority">Who signs its certificate.</param>
    public TlsServer(string name, string answer, DateTimeOffset? expires = null, bool asksClients = false, string authority = "Kwid test authority")
    {
        _asksClients = asksClients;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var rootRequest = new CertificateRequest($"CN={authority}", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(now.AddDays(-10), now.AddDays(10));
        File.WriteAllText(CaFile, root.ExportCertificatePem());

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var signed = request.Create(root, now.AddDays(-9), expires ?? now.AddDays(9), [1, 2, 3]);
        using var withKey = signed.CopyWithPrivateKey(key);
        _certificate = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        _answer = answer;
        _listener.Start();
        _loop = ServeAsync();
    }

    public string CaFile { get; } = Path.GetTempFileName();

    /// <summary>Heads that came, in their order.</summary>
    public List<string> Heads { get; } = [];

    /// <summary>Connections that were accepted, whether their TLS came about or not.</summary>
    public int Connections => _served.Count;

    /// <summary>Subjects of the certificates that clients showed; null for a client that showed none.</summary>
    public List<string?> Clients { get; } = [];

    public DateTimeOffset Expires => new(_certificate.NotAfter.ToUniversalTime());

    public Uri Url => new($"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/feed");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        await Task.WhenAll(_served);
        _listener.Stop();
        _certificate.Dispose();
        _end.Dispose();
        File.Delete(CaFile);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested) _served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        try
        {
            using var client = accepted;
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate,
                    ClientCertificateRequired = _asksClients,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, shown, _, _) => !_asksClients || shown is not null,
                },
                _end.Token);
            Clients.Add(tls.RemoteCertificate?.Subject);
            var buffer = new byte[4096];
            while (await tls.ReadAsync(buffer, _end.Token) is var count and > 0)
            {
                Heads.Add(Encoding.Latin1.GetString(buffer, 0, count));
                await tls.WriteAsync(Encoding.ASCII.GetBytes(_answer), _end.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or AuthenticationException or SocketException or ObjectDisposedException)
        {
            // The client did not like the certificate, or went, or the test is over.
        }
    }
}
