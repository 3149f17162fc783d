using System.Text;
using Kwid.Core.Reading;

namespace Kwid.Tests.Reading;

public class TextDecoderTests
{
    private const string Text = "<rss>Größe – 5 €</rss>";

    [Theory]
    [InlineData("utf-8", null, null)]
    [InlineData("utf-8", "text/xml; charset=utf-8", "iso-8859-1")]
    [InlineData("windows-1252", "application/rss+xml; charset=\"ISO-8859-1\"", "utf-8")]
    [InlineData("windows-1252", null, "latin1")]
    [InlineData("windows-1252", null, null)]
    [InlineData("windows-1252", "text/xml; charset=utf-8", null)]
    [InlineData("windows-1252", "text/xml; charset=nonsense", "cp1252")]
    [InlineData("iso-8859-15", null, "ISO-8859-15", "<rss>Größe - 5 €</rss>")]
    [InlineData("utf-8", "text/xml; charset=ISO-8859-1", "UTF-8")]
    [InlineData("utf-8", null, "utf-16")]
    [InlineData("utf-8", "text/xml; charset=ISO-8859-1", null, "<rss>Привет, 日本語</rss>")]
    [InlineData("utf-8", null, "iso-8859-15", "<rss>für 日本語</rss>")]
    [InlineData("windows-1252", "text/xml; charset=utf-8", "iso-8859-1")]
    [InlineData("utf-16", null, null)]
    [InlineData("utf-16BE", null, "utf-8")]
    [InlineData("utf-32", null, null)]
    public void Text_comes_out_as_it_was_meant(string written, string? contentType, string? declared, string text = Text)
    {
        var encoding = Charsets.Find(written)!;
        var document = (declared is null ? "" : $"<?xml version='1.0' encoding='{declared}'?>") + text;

        var decoded = Decode(encoding.GetBytes(document), contentType);

        Assert.Equal(document, decoded);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_outranks_every_label(string written)
    {
        var encoding = Encoding.GetEncoding(written);

        var decoded = Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)], "text/xml; charset=windows-1251");

        Assert.Equal(Text, decoded);
    }

    [Theory]
    [InlineData("Übersicht über Schwachstellen")]
    [InlineData("SICHERHEITSLÜCKE IN MUSTER-SERVER")]
    [InlineData("Intel® und Core™: Mikrocode")]
    [InlineData("© 2026 Musterfirma")]
    [InlineData("Vulnérabilité dans le serveur d’impression")]
    [InlineData("Größe – 5 € in Köln")]
    public void Western_text_without_a_label_stays_western(string text)
    {
        var document = $"<rss><channel><title>{text}</title></channel></rss>";

        Assert.Equal(document, Decode(Charsets.Western.GetBytes(document), null));
    }

    [Fact]
    public void One_broken_byte_does_not_turn_utf_8_into_mojibake()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("<rss>Größe für Köln "), 0xE4, .. Encoding.UTF8.GetBytes(" übrig</rss>")];

        Assert.Equal("<rss>Größe für Köln � übrig</rss>", Decode(body, null));
    }

    private static string Decode(byte[] body, string? contentType)
    {
        using var text = TextDecoder.Rent(body, contentType);
        return text.ToString();
    }
}
