using System.Diagnostics;
using System.Xml.Linq;
using Kwid.Core.Normalising;

namespace Kwid.Tests.Normalising;

/// <summary>Time and memory of a fragment do not depend on what is sent. The limits are generous: what they are to find costs minutes and gigabytes.</summary>
public class HostileMarkupTests
{
    private const int Size = 199_000;
    private const long MostBytes = 150_000_000;
    private static readonly Uri Address = new("https://upstream.example/feed/");

    /// <summary>A beginning, and a piece repeated to the full size; # counts.</summary>
    public static TheoryData<string, string> Floods => new()
    {
        { "", "<p><font color=#>x</p>" }, { "", "<div><font size=1>x</div>" }, { "", "<a href=x>y" }, { "", "<p><a href=#>x</p>" }, { "", "<b>" }, { "", "<p><b><i><u>x</p>" }, { "", "<nobr>x</nobr>" },
        { "", "<table><b>" }, { "", "<table><tr><td><b class=#></table>" }, { "<table>", "<b>x</b>" }, { "<table>", "x<tr>" }, { "<table>", "<p>" }, { "<table>", "<col>" }, { "<table><tr>", "<td>" },
        { "", "<div><table></div></table>" }, { "", "<p><font a=#><table><td></font></table></p>" }, { "", "<p><font a=#><object></font></object></p>" }, { "", "<div><marquee></div></marquee>" },
        { "", "<b><p></b>" }, { "", "<a><p></a>" }, { "", "<b class=#><div></b>" }, { "", "<b><p>" }, { "", "<ul><li>" }, { "", "<dd><dt>" }, { "", "<li>" }, { "", "<p>" }, { "", "<p>x" }, { "", "</p>" }, { "", "</br>" }, { "", "</b>" },
        { "", "<select><option>" }, { "", "<form></form>" }, { "", "<template><p></template>" }, { "", "<svg><foreignObject>" }, { "", "<svg><foreignObject></svg>" }, { "", "<math><mtext>" }, { "", "<svg><a>x</a></svg>" },
        { "", "<!--" }, { "", "<!-- a -" }, { "", "<![CDATA[" }, { "", "<![" }, { "", "<?xml" }, { "<b>", "\0" }, { "", "<plaintext>" }, { "", "<noscript>" }, { "", "<xmp>a</xmp>" },
        { "", "<script>" }, { "", "<script></script>" }, { "", "<style>" }, { "", "<iframe>a</iframe>" }, { "", "<textarea>x</textarea>" }, { "", "<iframe srcdoc='<iframe srcdoc=x>'></iframe>" },
        { "<p ", "a#=b " }, { "<p ", "a=b " }, { "<p title=\"", "abc " }, { "<a href=\"https://x.example/", "abc/../" }, { "<img srcset=\"", "http://x.example/ 1x, " },
        { "", "&amp;" }, { "", "&notit;" }, { "", "&" }, { "", "<" }, { "", "</" }, { "", "<a b='" }, { "<p>", "\u0301\u0316" }, { "a", "\u0316\u0301" }, { "", "\uD800" },
        { "<x><x><x><x><x><x><x><x>", "<br>" }, { "<x><x><x><x><x><x><x><x>", "<y></y>" }, { "", "<x>a</x>b" }, { "", "<img src=x>" }, { "", "<object>x</object>" }, { "", "<embed>" },
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void A_flood_of_anything_costs_little_and_breaks_nothing(string start, string piece)
    {
        var markup = Flood(start, piece, Size) + "Text";

        Check(markup);
        Check(markup[..30_000] + "Text");   // few enough for the parser
    }

    [Fact]
    public void An_address_is_not_repeated_in_every_block_of_a_link_without_end()
    {
        var markup = $"<a href=\"https://x.example/{new string('y', 2_000)}\">{Flood("", "<p>x", 16_000)}<a href=\"https://y.example/{new string('y', 100_000)}\">{Flood("", "<p>x", 8_000)}";

        Check(markup);
        Assert.True(HtmlSanitiser.Sanitise(markup, Address).Html.Length < 5 * HtmlSanitiser.MostCharacters);
        Assert.True(SafeMarkup.Of(markup, Address)!.Length < 5 * HtmlSanitiser.MostCharacters);
    }

    [Theory]
    [InlineData("<p><font color=#>x</p>", 1_000)]
    [InlineData("<div><table></div></table>", 500)]
    public void What_would_become_too_many_elements_keeps_its_text_only(string piece, int times) =>
        Assert.DoesNotContain('<', SafeMarkup.Of(Flood("", piece, piece.Length * times) + "<b>Text</b>", Address)!);

    [Fact]
    public void Copies_of_elements_left_open_count_too()
    {
        var markup = string.Concat(Enumerable.Range(0, 150).Select(n => $"<p><font color={n}>")) + string.Concat(Enumerable.Repeat("</p><p>x", 1_000));

        Assert.False(MarkupBounds.Exceeds(markup));
        Assert.Throws<MarkupBudgetException>(() => MarkupBudget.CreateParser().ParseDocument(markup));
        Assert.DoesNotContain('<', SafeMarkup.Of(markup, Address)!);
    }

    [Fact]
    public void A_long_table_keeps_its_rows()
    {
        var markup = $"<TABLE>{Flood("", "<tr><td>Produkt</td><td>Version</td><td>behoben</td></tr>", 60_000)}</TABLE>";

        Assert.True(XElement.Parse(HtmlSanitiser.Sanitise(markup, Address).Html).Elements("tr").Count() > 1_000);
    }

    private static string Flood(string start, string piece, int size)
    {
        var flood = new System.Text.StringBuilder(start, size + 100);
        for (var n = 0; flood.Length < size; n++) flood.Append(piece.Replace("#", n.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return flood.ToString();
    }

    private static void Check(string markup)
    {
        var (clock, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());

        var body = HtmlSanitiser.Sanitise(markup, Address);
        var between = GC.GetAllocatedBytesForCurrentThread();
        var shown = SafeMarkup.Of(markup, Address);

        Assert.True(between - before < MostBytes, $"the body took {between - before} bytes");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - between < MostBytes, $"the markup took {GC.GetAllocatedBytesForCurrentThread() - between} bytes");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"it took {clock.Elapsed}");
        XElement.Parse($"<body>{body.Html}</body>");
        Assert.Null(Danger.In(shown!));
    }
}
