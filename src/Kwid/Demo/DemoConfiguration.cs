using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kwid.Demo;

/// <summary>The configuration of <c>kwid demo</c>: all municipalities of the state, fed by <see cref="DemoUpstream"/>.</summary>
internal static class DemoConfiguration
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Two cities and a district with some of its towns.</summary>
    private static readonly string[] Served = ["05314000", "05315000", "05382", "05382004", "05382012", "05382020"];

    /// <summary>Text of a feeds.config.json.</summary>
    /// <param name="upstream">Address of the upstreams, on the loopback interface.</param>
    /// <param name="listen">Where Kwid is to listen, such as <c>http://localhost:8080</c>; also its public address.</param>
    public static string Write(Uri upstream, string listen) => JsonSerializer.Serialize(
        new
        {
            service = new { title = "KWID Vorführung", publicUrl = listen.TrimEnd('/'), authority = "demo.kwid.example,2026", listen },
            polling = new
            {
                must = new { interval = "00:00:02" },
                normal = new { interval = "00:00:03" },
                perHostPause = "00:00:00",
            },
            network = new { allow = new[] { upstream.Authority } },
            sources = new[]
            {
                Source("wid-demo", "WID-Vorführung", new Uri(upstream, "wid/rss"), "must", "always"),
                Source("landes-cert-demo", "Landes-CERT-Vorführung", new Uri(upstream, "landes-cert/rss"), "normal", "always"),
                Source("beispielwerke-demo", "Beispielwerke PSIRT (Vorführung)", new Uri(upstream, "hersteller/atom"), "normal", "background"),
            },
            recipients = new[] { new { select = "05" } },
            providers = new[]
            {
                new { id = "beispiel-it", name = "Beispiel-IT (Vorführung)", recipients = Served },
            },
        },
        Readable);

    private static object Source(string id, string name, Uri url, string @class, string deliver) => new
    {
        id,
        name,
        kind = "feed",
        url,
        @class,
        deliver,
        language = "de",
        tlp = "CLEAR",
        attribution = "Vorführung, frei erfunden",
        license = "CC0-1.0",
        topics = new[] { "Vorführung" },
        enabled = true,
    };
}
