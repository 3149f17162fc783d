using CsCheck;
using Kwid.Core.Model;
using Kwid.Core.Reading;
using Kwid.Tests.Reading;

namespace Kwid.Tests.Normalising;

/// <summary>Generated HTML: clean, nearly clean, put together at random, and the fixtures' own with something broken.</summary>
internal static class Markup
{
    /// <summary>Pieces that HTML is made of, good, bad, and meant badly.</summary>
    public static readonly Gen<string> Piece = Gen.OneOf(
        "<p>", "</p>", "<div>", "</div>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "<th>", "</td>", "<tbody>", "</tbody>", "<caption>",
        "<dl>", "<dt>", "<dd>", "</dl>", "<b>", "</b>", "<strong>", "</strong>", "<code>", "</code>", "<pre>", "</pre>", "<h1>", "</h1>", "<h5>", "<br>", "<hr/>", "<span>", "</span>",
        "<em>", "</em>", "<i>", "</i>", "<font color=\"red\">", "</font>", "<nobr>", "<blockquote>", "</blockquote>", "<object>", "</object>", "<applet>", "<embed src=x>", "<iframe>", "<noembed>", "<frameset>", "<body>", "<html>", "<head>",
        "<a href=\"/x?a=1&b=2\">", "<a href='javascript:alert(1)'>", "<a href=\"data:text/html,x\">", "<a href=\"mailto:a@b.example\">", "<a href=\"https://x.example/\" target=\"_blank\">", "<a>", "</a>",
        "<script>alert(1)</script>", "<script>", "</script>", "<style>p{}</style>", "<style>", "</style>", "<svg>", "</svg>", "<math>", "<mtext>", "<mglyph>", "<iframe src=x>", "</iframe>", "<form>", "<textarea>", "</textarea>",
        "<template>", "</template>", "<title>", "</title>", "<noscript>", "<plaintext>", "<xmp>", "<select>", "<option>", "<img src=x onerror=alert(1)>", "<p onclick=x style=y>", "<foreignObject>", "<desc>", "<annotation-xml encoding=text/html>",
        "<!--", "-->", "--!>", "<!-- a -->", "<![CDATA[", "]]>", "<?x", "<!x", "</", "</ x>",
        "<", ">", "&", "&amp;", "&lt;script&gt;", "&#x202E;", "&#0;", "&#xD800;", "&nbsp;", "&auml;", "&notit;", "&#39;", "\"", "'", "\0", "\r\n", "\u202E", "\u0338", "\uD800", "e\u0301", "\u00A0", "Text", "zwei Wörter ", " ", "\n", "😀", "\uFFFF");

    public static readonly Gen<string> Any = Piece.Array[0, 40].Select(pieces => string.Concat(pieces));

    private static readonly Gen<string> Words = Gen.OneOf(
        "Text", " ", "zwei Wörter ", "\n", "a &amp; b", "&lt;b&gt;", "&#8211;", "&nbsp;", "\u00A0", "–", "R&amp;D", "CVE-2026-1234", "€ 5", "e\u0301", "Ελληνικά", "\t", "a & b", "x > y", "\"q\"", "&quot;", "", "\u0338", "\u00AD", "\u2028")
        .Array[0, 4].Select(words => string.Concat(words));

    private static readonly Gen<string> PlainAttributes = Gen.OneOf("", "", "", " class=\"x y\"", " id='z'", " title=\"ein Titel\"", " rel=\"nofollow\"", " target=\"_blank\"", " style=\"color: red\"", "\n class=\"x\" ");

    private static readonly Gen<string> PlainLink = Gen.OneOf(
        "href=\"https://x.example/a?b=1&amp;c=2#d\"", "href='http://x.example/'", "href=\"https://x.example/?utm_source=a&amp;b\"", "href=\"mailto:a.b@x.example\"",
        "href=\"https://x.example/~a/b-c_d/e.html;f,g:h@i!$*+\"", "href=\"https://a-b.x.example//a//\"", "href=\"https://x.example/a.?b.#c.\"", "");

    private static readonly Gen<string> OddAttributes = Gen.OneOf(PlainAttributes, Gen.OneOf(" title='a&quot;b'", " title=\"&amp;{\"", " CLASS=x", " dir=rtl", " class=\"\" class=\"a\"", " lang=\"de\"", " title=\"<\"", "/", " / ", " title=\"\u00A0\""));

    private static readonly Gen<string> OddLink = Gen.OneOf(PlainLink, Gen.OneOf(
        "href=\"https://x.example/a?b=/../c\"", "href=\"https://x.example/%41\"", "href=\"https://x.example\"", "href=\"https://xn--bcher-kva.example/\"", "href=\"https://x.example:443/\"", "href=\"https://127.1/\"", "href=\"/x\"", "href=\"HTTPS://X.example/\"",
        "href=\"https://x.example/a#b#c\"", "href=\"https://x.example/ä\"", "href=\" https://x.example/\"", "href=\"https://x.example/a&b\"", "href=\"https://a@x.example/\"", "href=\"https://x..example/\"", "href=\"mailto:a@b@c\""));

    /// <summary>Markup as sources mean it.</summary>
    public static readonly Gen<string> Clean = Body(PlainLink, PlainAttributes);

    /// <summary>Clean markup with addresses and attributes that are not plain, in which a piece was put in, cut out, or doubled.</summary>
    public static readonly Gen<string> NearlyClean = Gen.OneOf(Body(OddLink, OddAttributes), Broken(Clean), Broken(Body(OddLink, OddAttributes)));

    /// <summary>The fixtures' bodies, each broken in some places.</summary>
    public static readonly Gen<string> FromFixtures = Broken(Gen.OneOf([.. Bodies()]));

    private static Gen<string> Body(Gen<string> link, Gen<string> attributes)
    {
        var inline = Gen.Recursive<string>((depth, inner) => depth > 3 ? Words : Gen.Frequency(
            (4, Words),
            (2, Gen.Select(Gen.OneOf("b", "strong", "em", "i", "code", "span", "small", "sub", "sup", "u", "tt", "kbd"), attributes, inner, (name, extra, text) => $"<{name}{extra}>{text}</{name}>")),
            (1, Gen.Select(link, attributes, Words, (target, extra, text) => $"<a {target}{extra}>{text}</a>")),
            (1, Gen.OneOf("<br>", "<br/>", "<br />", "<br class=\"x\">")),
            (3, Gen.Select(inner, inner, (a, b) => a + b))));
        return Gen.Recursive<string>((depth, inner) => depth > 3 ? inline : Gen.Frequency(
            (3, Gen.Select(Gen.OneOf("p", "h1", "h2", "h3", "h6", "pre"), attributes, inline, (name, extra, text) => $"<{name}{extra}>{text}</{name}>")),
            (1, Gen.Select(Gen.OneOf("div", "blockquote"), attributes, inner, (name, extra, text) => $"<{name}{extra}>{text}</{name}>")),
            (2, Gen.Select(Gen.OneOf("ul", "ol"), inner.Array[0, 4], (name, items) => $"<{name}>{string.Concat(items.Select(item => $"<li>{item}</li>\n"))}</{name}>")),
            (1, Gen.Select(inner, inner, (term, text) => $"<dl><dt>{term}</dt><dd>{text}</dd></dl>")),
            (1, Gen.Select(Gen.OneOf(("<table>", "</table>"), ("<table><tbody>", "</tbody></table>"), ("<table><thead>", "</thead><tbody></tbody></table>"), ("<table>\n", "<tfoot> </tfoot></table>")), inner.Array[0, 3].Array[0, 3],
                (around, rows) => around.Item1 + string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>\n")) + around.Item2)),
            (1, Gen.Const("<hr>")),
            (1, inline),
            (3, Gen.Select(inner, inner, (a, b) => a + b))));
    }

    /// <summary>What the fixtures' entries say.</summary>
    private static IEnumerable<string> Bodies()
    {
        foreach (var fixture in Fixture.All())
        {
            IReadOnlyList<RawEntry> entries;
            try
            {
                entries = EntryReader.Read(new FetchedDocument(new Uri("https://upstream.example/feed"), File.ReadAllBytes(fixture.Path), null, null)).Entries;
            }
            catch (FeedFormatException)
            {
                continue;   // a fixture of what is no feed
            }

            foreach (var body in entries.SelectMany(entry => new[] { entry.Content, entry.Summary }))
                if (!string.IsNullOrWhiteSpace(body)) yield return body;
        }
    }

    private static Gen<string> Broken(Gen<string> markup) => Gen.Select(markup, Piece, Gen.Int[0, 3], Gen.Double.Unit, Gen.Double.Unit, (whole, piece, how, from, to) =>
    {
        var (start, end) = ((int)(from * whole.Length), (int)(to * whole.Length));
        if (start > end) (start, end) = (end, start);
        return how switch
        {
            0 => whole[..start] + piece + whole[start..],
            1 => whole[..start] + whole[end..],
            2 => whole[..end] + whole[start..],
            _ => whole[..start] + piece + whole[Math.Min(whole.Length, start + 1)..],
        };
    });
}
