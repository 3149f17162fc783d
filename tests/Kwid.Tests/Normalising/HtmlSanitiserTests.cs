using System.Xml.Linq;
using CsCheck;
using Kwid.Core.Normalising;

namespace Kwid.Tests.Normalising;

public class HtmlSanitiserTests
{
    private static readonly Uri Address = new("https://upstream.example/feed/");

    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        "p", "ul", "ol", "li", "table", "th", "td", "tr", "strong", "code", "a", "h3", "h4", "dl", "dt", "dd",
    };

    private static readonly Gen<string> Source = Gen.OneOf(Markup.Any, Markup.NearlyClean, Markup.FromFixtures);

    [Fact]
    public void Whatever_comes_in_only_our_markup_comes_out_well_formed() => Source.Sample(markup =>
    {
        var body = HtmlSanitiser.Sanitise(markup, Address);

        var root = XElement.Parse($"<body>{body.Html}</body>");
        foreach (var element in root.Descendants())
        {
            Assert.Contains(element.Name.LocalName, Allowed);
            var attributes = element.Attributes().ToList();
            Assert.Equal(element.Name.LocalName == "a" ? ["href"] : [], attributes.Select(attribute => attribute.Name.LocalName));
            if (attributes is [var href]) Assert.Matches("^(https?://|mailto:)", href.Value);
        }
    }, iter: Effort.Times(4_000));

    [Fact]
    public void What_came_out_stays_as_it_is_when_it_goes_in_again() => Source.Sample(markup =>
    {
        var once = HtmlSanitiser.Sanitise(markup, Address);

        var twice = HtmlSanitiser.Sanitise(once.Html, Address);

        Assert.Equal(once.Text, twice.Text);
        Assert.Equal(once.Html, twice.Html);
    }, iter: Effort.Times(4_000));

    [Fact]
    public void Html_and_text_are_clean() => Source.Sample(markup =>
    {
        var body = HtmlSanitiser.Sanitise(markup, Address);

        Assert.True(PlainTextTests.IsClean(body.Html), body.Html);
        Assert.True(PlainTextTests.IsClean(body.Text), body.Text);
        Assert.Equal(body.Text.Length == 0, body.Html.Length == 0);
    }, iter: Effort.Times(4_000));

    [Theory]
    [InlineData("<div>eins</div><div>zwei</div>", "<p>eins</p><p>zwei</p>")]
    [InlineData("eins<br>zwei", "<p>eins</p><p>zwei</p>")]
    [InlineData("<h1>Titel</h1>lose <i>kursiv</i> <b>fett</b>.", "<h3>Titel</h3><p>lose kursiv <strong>fett</strong>.</p>")]
    [InlineData("<a href='/x'><h3>Titel</h3><div>Text</div></a>", "<h3><a href=\"https://upstream.example/x\">Titel</a></h3><p><a href=\"https://upstream.example/x\">Text</a></p>")]
    [InlineData("<ul>lose<li>eins<ul><li>innen</li></ul></li><li></li></ul>", "<ul><li>lose</li><li>eins<ul><li>innen</li></ul></li></ul>")]
    [InlineData("<table><tr><td>a</td><td></td></tr></table>", "<table><tr><td>a</td><td></td></tr></table>")]
    [InlineData("<li>ohne Liste</li>", "<p>ohne Liste</p>")]
    [InlineData("<p></p><p> </p><img src=x>", "")]
    [InlineData("a < b && c > d", "<p>a &lt; b &amp;&amp; c &gt; d</p>")]
    [InlineData("vor<iframe src=x> <b>in</b></iframe> nach", "<p>vor in nach</p>")]
    [InlineData("vor <object data=x><p>in</p></object> nach", "<p>vor</p><p>in</p><p>nach</p>")]
    [InlineData("vor<script>alert(1)</script>nach<svg><text>x</text></svg><math><mi>y</mi></math>", "<p>vor nach</p>")]
    [InlineData("<form action=x>Text <input name=y><button>Knopf</button></form>", "<p>Text Knopf</p>")]
    [InlineData("vor<!-- offen >nach", "<p>vornach</p>")]
    [InlineData("<![CDATA[<p>Text</p>]]>", "<p>Text</p>")]
    [InlineData("<img src=\"https://zaehler.example/1.gif\" alt=\"\">", "")]
    [InlineData("eins\n\nzwei\ndrei", "<p>eins</p><p>zwei drei</p>")]
    [InlineData("<a href='page.html?utm_source=rss&id=7#teil'>hier</a>", "<p><a href=\"https://upstream.example/feed/page.html?id=7#teil\">hier</a></p>")]
    public void Markup_becomes_ours(string markup, string expected) => Assert.Equal(expected, HtmlSanitiser.Sanitise(markup, Address).Html);

    [Fact]
    public void A_table_row_is_one_line_of_text() =>
        Assert.Equal("Produkt behoben in\nFoo 7.2.12", HtmlSanitiser.Sanitise("<table><tr><th>Produkt</th><th>behoben in</th></tr><tr><td>Foo</td><td>7.2.12</td></tr></table>", Address).Text);

    [Fact]
    public void A_longer_body_is_cut_and_says_so()
    {
        var body = HtmlSanitiser.Sanitise(new string('x', HtmlSanitiser.MostCharacters + 1), Address);

        Assert.EndsWith("<p>[…]</p>", body.Html, StringComparison.Ordinal);
        Assert.True(body.Text.Length < HtmlSanitiser.MostCharacters + 10);
    }
}
