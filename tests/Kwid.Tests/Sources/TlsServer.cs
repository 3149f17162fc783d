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
    private readonly Task _loop;

    public TlsServer(string name, string answer, DateTimeOffset? expires = null)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var rootRequest = new CertificateRequest("CN=Kwid test authority", rootKey, HashAlgorithmName.SHA256);
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

    public Uri Url => new($"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/feed");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _listener.Stop();
        _certificate.Dispose();
        _end.Dispose();
        File.Delete(CaFile);
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
                if (await tls.ReadAsync(new byte[4096], _end.Token) > 0) await tls.WriteAsync(Encoding.ASCII.GetBytes(_answer), _end.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException or AuthenticationException or SocketException or ObjectDisposedException)
            {
                // The client did not like the certificate, or the test is over.
            }
        }
    }
}
