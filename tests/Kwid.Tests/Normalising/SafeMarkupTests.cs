using CsCheck;
using Kwid.Core.Normalising;

namespace Kwid.Tests.Normalising;

public class SafeMarkupTests
{
    private static readonly Uri Address = new("https://upstream.example/feed/");

    [Fact]
    public void Nothing_active_comes_through() => Gen.OneOf(Markup.Any, Markup.NearlyClean, Markup.FromFixtures).Sample(markup =>
    {
        if (SafeMarkup.Of(markup, Address) is not { } safe) return;

        Assert.Null(Danger.In(safe));
        Assert.True(PlainTextTests.IsClean(safe), safe);
    }, iter: Effort.Times(4_000));

    [Theory]
    [InlineData("sicher<iframe src=\"https://x.example/\"> <b>Text</b></iframe>", "sicher  Text ")]
    [InlineData("sicher<iframe src=\"https://x.example/\"/> Text", "sicher Text")]
    [InlineData("sicher<object classid=\"clsid:1\"> <b>Text</b>", "sicher <b>Text</b>")]
    [InlineData("sicher<applet code=x> Text</applet>", "sicher Text")]
    [InlineData("sicher<embed src=x> Text", "sicher Text")]
    [InlineData("sicher<noscript> Text</noscript>", "sicher Text")]
    [InlineData("sicher<unbekannt> Text</unbekannt>", "sicher Text")]
    [InlineData("<form action=x><p>Text</p><input name=y></form>", "<p>Text</p>")]
    [InlineData("<title>Text</title>", "Text")]
    [InlineData("<textarea>&lt;Text></textarea>", "&lt;Text&gt;")]
    [InlineData("sich<!-- offen >er<script>alert(1)</script>", "sicher")]
    [InlineData("sicher<!-- offen <script>alert(1)</script>", "sicher")]
    [InlineData("<!-- zu -->sich<!-- offen <b>er</b>", "sich<b>er</b>")]
    [InlineData("<![CDATA[<p>Text</p>]]>", "<p>Text</p>")]
    [InlineData("<iframe><script>alert(1)</script>Text</iframe>", " Text")]
    public void The_text_of_what_is_taken_out_stays(string markup, string expected) => Assert.Equal(expected, SafeMarkup.Of(markup, Address));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<style>p{color:red}</style>")]
    [InlineData("<svg><text>x</text><style>y</style></svg>")]
    [InlineData("<math><mtext>x</mtext></math>")]
    [InlineData("<select><option>x</option></select>")]
    [InlineData("<template>x</template>")]
    public void Code_and_pictures_go_with_all_that_is_in_them(string markup) => Assert.Equal("", SafeMarkup.Of(markup, Address));

    [Fact]
    public void Text_of_too_much_markup_is_written_as_text()
    {
        var markup = string.Concat(Enumerable.Repeat("<b>", 300)) + "&lt;script&gt;alert(1)&lt;/script&gt; a < b";

        Assert.EndsWith("&lt;script&gt;alert(1)&lt;/script&gt; a &lt; b", SafeMarkup.Of(markup, Address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<b>\u0338 onmouseover=alert(1) x=<i>Text</i></b>")]
    [InlineData("<b>&#x338; onmouseover=alert(1) x=<i>Text</i></b>")]
    [InlineData("<b>\u0316\u0338 onmouseover=alert(1) x=<i>Text</i></b>")]
    [InlineData("<b>\u200B\u0338 onmouseover=alert(1) x=<i>Text</i></b>")]
    [InlineData("<b>\U000E0041\u0338 onmouseover=alert(1) x=<i>Text</i></b>")]
    [InlineData("<b>\U0001D165\u0338 onmouseover=alert(1) x=<i>Text</i></b>")]
    public void A_mark_behind_a_tag_does_not_join_the_tags_end(string markup) => Assert.Equal("<b> onmouseover=alert(1) x=<i>Text</i></b>", SafeMarkup.Of(markup, Address));
}
