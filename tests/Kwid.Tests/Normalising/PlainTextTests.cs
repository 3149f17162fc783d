using System.Text;
using System.Xml;
using CsCheck;
using Kwid.Core.Normalising;

namespace Kwid.Tests.Normalising;

public class PlainTextTests
{
    private static readonly Gen<string> AnyText = Gen.OneOf(Gen.Char, Gen.Char['\0', '\u00FF'], Gen.Char['\u0300', '\u036F'], Gen.Char['\u2000', '\u2070'], Gen.Char['\uD7F0', '\uE010'], Gen.Char['\uFFF0', '\uFFFF'])
        .Array[0, 40].Select(characters => new string(characters));

    [Fact]
    public void Any_text_becomes_clean_and_stays_so() => AnyText.Sample(text =>
    {
        var folded = PlainText.Fold(text);

        Assert.True(IsClean(folded), folded);
        Assert.Equal(folded, PlainText.Fold(folded));
        Assert.Equal(folded.Trim(), folded);
        Assert.DoesNotContain("  ", folded, StringComparison.Ordinal);
    }, iter: Effort.Times(20_000));

    [Fact]
    public void Cleaning_is_complete_the_first_time() => AnyText.Sample(text =>
    {
        var clean = PlainText.Clean(text);

        Assert.True(IsClean(clean), clean);
        Assert.Equal(clean, PlainText.Clean(clean));
        if (PlainText.IsPlain(text)) Assert.Equal(text, text.Normalize());
        if (PlainText.IsFolded(text)) Assert.Equal(text, string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }, iter: Effort.Times(20_000));

    [Fact]
    public void Every_character_that_passes_for_plain_is() => Assert.All(
        Enumerable.Range(0, 0x10000).Select(code => ((char)code).ToString()).Where(text => PlainText.IsPlain(text)),
        text => Assert.True(IsClean(text), text));

    [Fact]
    public void A_cut_is_never_longer_than_asked_for_and_never_splits_a_character() => Gen.Select(AnyText, Gen.Int[2, 30]).Sample((text, most) =>
    {
        var cut = PlainText.Cut(PlainText.Fold(text), most);

        Assert.True(cut.Length <= most, cut);
        Assert.True(IsClean(cut), cut);
    }, iter: Effort.Times(20_000));

    [Theory]
    [InlineData("<b>Fett</b> und <br/>Umbruch", "Fett und Umbruch")]
    [InlineData("Use after free in <video> and <canvas>", "Use after free in <video> and <canvas>")]
    [InlineData("Versionen < 2.4 && > 2.0", "Versionen < 2.4 && > 2.0")]
    [InlineData("<script>alert(1)</script>Rest", "Rest")]
    [InlineData("R&amp;D &uuml;ber &#8211;", "R&D über –")]
    [InlineData("  viele \t\n Leerzeichen\u00A0hier ", "viele Leerzeichen hier")]
    [InlineData("kein\u00ADTrenn\u200Bstrich\uFEFF", "keinTrennstrich")]
    public void A_title_that_is_not_said_to_be_html_keeps_what_is_no_markup(string title, string expected) =>
        Assert.Equal(expected, PlainText.FromTitle(title, isMarkup: false, new Uri("https://upstream.example/")));

    [Fact]
    public void A_title_said_to_be_html_is_read_as_html() =>
        Assert.Equal("<script> im Titel", PlainText.FromTitle("&lt;script&gt; <i>im</i> <video>Titel", isMarkup: true, new Uri("https://upstream.example/")).Replace("  ", " ", StringComparison.Ordinal));

    /// <summary>No character that XML 1.0 forbids, no control or bidirectional control, NFC.</summary>
    internal static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (!XmlConvert.IsXmlChar(text[i]) || (char.IsControl(text[i]) && text[i] is not ('\n' or '\t' or '\r'))
                || text[i] is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C') return false;
        }

        return text.IsNormalized(NormalizationForm.FormC);
    }
}
