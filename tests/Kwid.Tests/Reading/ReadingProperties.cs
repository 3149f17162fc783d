using System.Text;
using System.Xml;
using CsCheck;
using Kwid.Core.Model;
using Kwid.Core.Reading;

namespace Kwid.Tests.Reading;

/// <summary>
/// What holds for every input. A few seconds here; <c>KWID_PROPERTY_ITERATIONS=100000</c> looks for longer. Every finding becomes a fixture pair.
/// </summary>
public class ReadingProperties
{
    private static readonly Uri Address = new("https://upstream.example/feed");

    private static readonly byte[][] Bodies = [.. Fixture.All().Where(fixture => Path.GetExtension(fixture.Path) is ".xml" or ".json").Select(fixture => File.ReadAllBytes(fixture.Path))];

    /// <summary>What breaks feeds: parts of the syntax in places where they do not belong.</summary>
    private static readonly string[] Shards =
    [
        "<", ">", "&", ";", "\"", "'", "/", "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "<!DOCTYPE x [", "]>",
        "<!ENTITY a \"b\">", "&a;", "&#0;", "&#xD800;", "&#1114112;", "xmlns=\"http://www.w3.org/2005/Atom\"", "xmlns:x=\"y\"", "<x:y>", "</x:y>", "\0", "\uFFFF", "\uD800", "\r", "{", "}", "[", "]", "\\ud800", ",", ":",
        "<br>", "</b>", "<rss>", "</rss>", "</channel>", "<link href='", "xml:base='//[bad'",
    ];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly int Iterations = int.TryParse(Environment.GetEnvironmentVariable("KWID_PROPERTY_ITERATIONS"), out var many) ? many : 2_000;

    [Fact]
    public void A_mutated_document_gives_entries_and_faults_or_is_refused_with_a_sentence()
    {
        var mutation = Gen.Select(Gen.Double[0, 1], Gen.OneOf(Of(Shards), Gen.String[0, 8]), Gen.Int[0, 60]);

        Gen.Select(Of(Bodies), mutation.Array[1, 6]).Sample(
            (body, mutations) =>
            {
                var text = new StringBuilder(Encoding.UTF8.GetString(body));
                foreach (var (where, shard, removed) in mutations)
                {
                    var at = (int)(where * text.Length);
                    text.Remove(at, Math.Min(removed, text.Length - at)).Insert(at, shard);
                }

                AssertReadOrRefused(Encoding.UTF8.GetBytes(text.ToString()));
            },
            iter: Iterations);
    }

    [Fact]
    public void Any_bytes_whatsoever_give_entries_or_are_refused_with_a_sentence()
    {
        Gen.OneOf(Gen.Byte.Array[0, 300], Of(Shards).Array[0, 40].Select(shards => Encoding.UTF8.GetBytes("<rss>" + string.Concat(shards))))
            .Sample(AssertReadOrRefused, iter: Iterations);
    }

    [Fact]
    public void What_an_xml_writer_wrote_is_read_as_it_was_meant()
    {
        var text = Gen.String[Gen.OneOf(Gen.Char["<>&\"'; \n\täöü€–"], Gen.Char['a', 'z'], Gen.Char['\u0400', '\u04FF']), 1, 40].Where(written => !string.IsNullOrWhiteSpace(written));

        Gen.Select(text, text, text, Gen.Bool).Array[1, 5].Sample(
            items =>
            {
                var body = new MemoryStream();
                using (var xml = XmlWriter.Create(body, new XmlWriterSettings { NewLineHandling = NewLineHandling.Entitize }))
                {
                    xml.WriteStartElement("rss");
                    xml.WriteStartElement("channel");
                    foreach (var (title, guid, summary, isCdata) in items)
                    {
                        xml.WriteStartElement("item");
                        xml.WriteElementString("title", title);
                        xml.WriteElementString("guid", guid);
                        xml.WriteStartElement("description");
                        if (isCdata) xml.WriteCData(summary.Replace("]]>", "", StringComparison.Ordinal));
                        else xml.WriteString(summary);
                        xml.WriteEndElement();
                        xml.WriteEndElement();
                    }
                }

                var read = EntryReader.Read(new FetchedDocument(Address, body.ToArray(), null));

                Assert.Empty(read.Faults);
                Assert.Equal(items.Select(item => (item.Item1, item.Item2, item.Item3)), read.Entries.Select(entry => (entry.Title!, entry.Guid!, entry.Summary!)));
            },
            iter: Iterations / 4);
    }

    [Fact]
    public void Every_encoding_of_dotnet_is_read_when_the_document_declares_it()
    {
        var names = CodePagesEncodingProvider.Instance.GetEncodings().Concat(Encoding.GetEncodings()).Select(info => info.Name).Distinct(StringComparer.OrdinalIgnoreCase);
        var refused = names.Where(name => !name.Equals("utf-7", StringComparison.OrdinalIgnoreCase))
            .Where(name => !Reads(CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name))).ToList();

        Assert.Empty(refused);
    }

    private static Gen<T> Of<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static bool Reads(Encoding encoding)
    {
        // EBCDIC and shifted encodings say nothing in ASCII: the HTTP header must.
        var letters = string.Concat(Enumerable.Range(0xC0, 0x180).Concat(Enumerable.Range(0x410, 0x40)).Concat(Enumerable.Range(0x3B1, 0x18)).Concat([0x65E5, 0x672C, 0xAC00]).Select(code => (char)code).Where(c => encoding.GetString(encoding.GetBytes($"{c}")) == $"{c}"));
        var title = "x" + letters;
        var body = encoding.GetBytes($"<?xml version=\"1.0\" encoding=\"{encoding.WebName}\"?><rss><channel><title>{title}</title></channel></rss>");
        return EntryReader.Read(new FetchedDocument(Address, body, $"text/xml; charset={encoding.WebName}")).Head.Title == title;
    }

    private static void AssertReadOrRefused(byte[] body)
    {
        try
        {
            var read = EntryReader.Read(new FetchedDocument(Address, body, null));

            // Half characters can be neither stored nor sent.
            foreach (var text in read.Entries.SelectMany(entry => new[] { entry.Title, entry.Guid, entry.Summary, entry.Content }).OfType<string>())
                Assert.True(Strict.GetByteCount(text) > 0);
        }
        catch (FeedFormatException refused)
        {
            Assert.Contains("feeds.config.json", refused.Message, StringComparison.Ordinal);
        }
    }
}
