using System.Globalization;
using System.Net;
using System.Text;

namespace Kwid.Benchmarks;

/// <summary>An upstream feed on loopback with as many entries as is asked for, in the manner of CERT-Bund WID.</summary>
internal sealed class Upstream : IDisposable
{
    private readonly HttpListener _listener = new();
    private byte[] _body = [];

    public Upstream(int port)
    {
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/rss"));
        _listener.Prefixes.Add(new Uri(Address, "/").AbsoluteUri);
    }

    public Uri Address { get; }

    /// <summary>From now on the feed has the entries of these numbers.</summary>
    public void Show(int first, int count)
    {
        var items = new StringBuilder();
        for (var n = first + count - 1; n >= first; n--)
        {
            var date = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(n);
            items.Append(CultureInfo.InvariantCulture, $"<item><title>[NEU] [hoch] Beispielprodukt {n}: Mehrere Schwachstellen</title><link>https://wid.example/advisory?name=WID-SEC-2099-{n:D4}</link>");
            items.Append(CultureInfo.InvariantCulture, $"<description>Ein entfernter, anonymer Angreifer kann mehrere Schwachstellen in Beispielprodukt {n} ausnutzen, um beliebigen Programmcode auszuführen, Informationen offenzulegen oder einen Denial-of-Service-Zustand herbeizuführen (CVE-2099-{n + 10000}).</description>");
            items.Append(CultureInfo.InvariantCulture, $"<category>hoch</category><pubDate>{date:R}</pubDate></item>");
        }

        _body = Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>x</title><link>https://wid.example/</link><description>x</description>{items}</channel></rss>");
    }

    public void Start()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "application/rss+xml";
                await context.Response.OutputStream.WriteAsync(_body);
                context.Response.Close();
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }
}
