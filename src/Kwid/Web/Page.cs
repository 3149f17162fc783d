using System.Text;

namespace Kwid.Web;

/// <summary>The frame of every page: German, without scripts, cookies or requests to others.</summary>
internal static class Page
{
    private const string Style =
        """
        :root{color-scheme:light dark;--line:#8a8f98;--accent:#0b5cad}
        @media (prefers-color-scheme:dark){:root{--accent:#8cc1ff}}
        body{font:1.05rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
        a{color:var(--accent)}
        header,footer{display:flex;gap:1.5rem;flex-wrap:wrap;align-items:baseline;border-block-end:1px solid var(--line);padding-block:.5rem}
        footer{border-block:1px solid var(--line) 0;margin-block-start:3rem}
        header strong{font-size:1.2rem}
        table{border-collapse:collapse;width:100%}
        th,td{text-align:start;padding:.35rem .75rem .35rem 0;border-block-end:1px solid var(--line);vertical-align:top}
        .scroll{overflow-x:auto}
        input,button{font:inherit;padding:.4rem .6rem}
        code{overflow-wrap:anywhere}
        .skip{position:absolute;inset-inline-start:-99rem}.skip:focus{position:static}
        """;

    /// <summary>Where the hash of the style stands for the style itself: nothing else inline is allowed.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The whole page.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="title">Of this page.</param>
    /// <param name="main">What the page says; begins with its h1.</param>
    /// <param name="head">Further elements of the head, such as links to feeds.</param>
    public static string Write(string service, string title, Html main, Html? head = null)
    {
        Html page =
            $"""
            <!DOCTYPE html>
            <html lang="de">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} – {service}</title>
            {head ?? Html.Empty}<style>{Raw(Style)}</style>
            </head>
            <body>
            <a class="skip" href="#inhalt">Zum Inhalt</a>
            <header><strong>{service}</strong><nav aria-label="Hauptmenü"><a href="/">Kommune finden</a> · <a href="/status">Status</a></nav></header>
            <main id="inhalt">
            {main}
            </main>
            <footer><span>Kommunaler Warn- und Informationsdienst</span></footer>
            </body>
            </html>

            """;
        return page.ToString();
    }

    private static Html Raw(string trusted)
    {
        var html = new Html(trusted.Length, 0);
        html.AppendLiteral(trusted);
        return html;
    }
}
