using CsCheck;
using Kwid.Core.Normalising;

namespace Kwid.Tests.Normalising;

/// <summary>The quick way through clean markup must never be seen: it gives what the library gives, character for character.</summary>
public class CleanMarkupTests
{
    private static readonly Uri Address = new("https://upstream.example/feed/");

    [Fact]
    public void Clean_markup_comes_out_as_the_library_would_give_it()
    {
        var (read, all) = (0, 0);
        Markup.Clean.Sample(markup =>
        {
            Interlocked.Increment(ref all);
            if (Agree(markup)) Interlocked.Increment(ref read);
        }, iter: Effort.Times(4_000));

        Assert.True(read > all * 0.6, $"only {read} of {all} clean fragments took the quick way");
    }

    [Fact]
    public void So_does_clean_markup_with_a_piece_of_anything_in_it()
    {
        var (read, all) = (0, 0);
        Markup.NearlyClean.Sample(markup =>
        {
            Interlocked.Increment(ref all);
            if (Agree(markup)) Interlocked.Increment(ref read);
        }, iter: Effort.Times(8_000));

        Assert.True(read > all * 0.05, $"only {read} of {all} nearly clean fragments took the quick way");
    }

    [Fact]
    public void So_do_pieces_put_together_at_random() => Markup.Any.Sample(markup => { Agree(markup); }, iter: Effort.Times(8_000));

    [Fact]
    public void So_do_the_fixtures_bodies_with_something_broken() => Markup.FromFixtures.Sample(markup => { Agree(markup); }, iter: Effort.Times(4_000));

    [Theory]
    [InlineData("<p>Text <b>fett</b> und <a href=\"https://x.example/a?b=1&amp;c=2\" class=\"x\" rel='nofollow'>hier</a>.</p>")]
    [InlineData("<ul>\n<li>eins</li>\n<li>zwei<ul><li>innen</li></ul></li></ul>")]
    [InlineData("<table><tr><td>a</td></tr><tbody><tr><th>b</th></tr></tbody></table>")]
    [InlineData("&auml;&#228;&#xe4; &lt;b&gt; &nbsp;R&amp;D a & b<br>")]
    [InlineData("<dl><dt>eins</dt><dd>zwei<p>drei</p></dd></dl><hr/><blockquote>vier</blockquote>")]
    public void What_is_plainly_clean_takes_the_quick_way(string markup) => Assert.True(Agree(markup));

    [Theory]
    [InlineData("<p>offen")]
    [InlineData("<p>eins<p>zwei</p></p>")]
    [InlineData("<b>eins<p>zwei</p></b>")]
    [InlineData("<p><b>eins</p></b>")]
    [InlineData("<a href=\"https://x.example/\">eins <a href=\"https://y.example/\">zwei</a></a>")]
    [InlineData("<table>lose<tr><td>a</td></tr></table>")]
    [InlineData("<td>a</td>")]
    [InlineData("<li>ohne Liste</li>")]
    [InlineData("<P>groß</P>")]
    [InlineData("<p onclick=\"x\">a</p>")]
    [InlineData("<a href=x>a</a>")]
    [InlineData("<a href=\"javascript:alert(1)\">a</a>")]
    [InlineData("<a href=\"https://x.example/&quot;>\">a</a>")]
    [InlineData("<a href=\"https://x.example/../a\">a</a>")]
    [InlineData("<a href=\"https://x.example/\" href=\"https://y.example/\">a</a>")]
    [InlineData("<p title=\"&amp;{x}\">a</p>")]
    [InlineData("<script>a</script>")]
    [InlineData("a<!-- b -->c")]
    [InlineData("a < b")]
    [InlineData("a &unbekannt; b")]
    [InlineData("a &auml b")]
    [InlineData("a &#128; b")]
    [InlineData("<pre>\na</pre>")]
    [InlineData("<p>a\0b</p>")]
    [InlineData("<p>a\rb</p>")]
    public void What_leaves_a_doubt_takes_the_long_way(string markup) => Assert.False(Agree(markup));

    /// <summary>Whether the quick way was taken; then both ways must agree.</summary>
    private static bool Agree(string markup)
    {
        if (CleanMarkup.Read(markup) is null) return false;
        if (string.IsNullOrWhiteSpace(markup) || markup.AsSpan().IndexOfAny('<', '&') < 0) return false;

        Assert.Equal(HtmlSanitiser.SanitiseByLibrary(markup, Address), HtmlSanitiser.Sanitise(markup, Address));
        Assert.Equal(SafeMarkup.OfByLibrary(markup, Address), SafeMarkup.Of(markup, Address));
        Assert.Equal(SafeMarkup.OfByLibrary(markup, null), SafeMarkup.Of(markup, null));
        return true;
    }
}
