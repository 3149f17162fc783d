using System.Text;
using CsCheck;
using Kwid.Core.Model;
using Kwid.Core.Reading;

namespace Kwid.Tests.Reading;

public class EntryReaderTests
{
    private static readonly Uri Address = new("https://upstream.example/feed");

    [Fact]
    public void Any_damage_gives_entries_faults_or_a_format_exception_but_never_another()
    {
        var original = File.ReadAllBytes(Path.Combine(Fixture.Folder, "cisco-psirt", "html-in-description.xml"));

        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte, Gen.Int[0, 200]).Array[1, 8].Sample(damages =>
        {
            var body = original.ToList();
            foreach (var (at, value, length) in damages)
            {
                body[Math.Min(at, body.Count - 1)] = value;
                body.RemoveRange(Math.Min(at, body.Count - 1), Math.Min(length / 10, body.Count - 1 - Math.Min(at, body.Count - 1)));
            }

            try
            {
                Read([.. body]);
            }
            catch (FeedFormatException fault)
            {
                Assert.Contains("feeds.config.json", fault.Message, StringComparison.Ordinal);
            }
        }, iter: 500);
    }

    [Fact]
    public void A_feed_cut_at_any_place_gives_the_entries_before_and_says_that_it_broke_off()
    {
        var whole = "<rss version='2.0'><channel><title>x</title>" + string.Concat(Enumerable.Range(1, 3).Select(i => $"<item><title>{i}</title></item>")) + "</channel></rss>";
        var secondEnds = whole.IndexOf("<item><title>3", StringComparison.Ordinal);

        for (var length = secondEnds; length < whole.Length - "></channel></rss>".Length; length++)
        {
            var read = Read(Encoding.UTF8.GetBytes(whole[..length]));

            Assert.Equal(["1", "2"], read.Entries.Select(entry => entry.Title));
            Assert.Single(read.Faults);
        }
    }

    [Fact]
    public void Deep_nesting_neither_overflows_the_stack_nor_takes_long()
    {
        var deep = string.Concat(Enumerable.Repeat("<b>", 200_000)) + "x" + string.Concat(Enumerable.Repeat("</b>", 200_000));

        var read = Read(Encoding.UTF8.GetBytes($"<rss><channel><item><title>{deep}</title></item><item><title>next</title></item></channel></rss>"));

        Assert.Equal("next", read.Entries[^1].Title);
    }

    [Fact]
    public void Entries_beyond_the_bound_are_left_out_and_told()
    {
        var items = string.Concat(Enumerable.Repeat("<item><title>x</b></item>", 20_001));

        var read = Read(Encoding.UTF8.GetBytes($"<rss><channel>{items}</channel></rss>"));

        Assert.Equal(20_000, read.Entries.Count);
        Assert.Contains("20000 entries are too many", Assert.Single(read.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<title>A<link>https://v.example/1</link><guid>g</guid>")]
    [InlineData("<title>A</titel><link>https://v.example/1</link><guid>g</guid>")]
    [InlineData("<title>A</title><link>https://v.example/1<guid>g")]
    public void A_field_that_nobody_closed_gives_back_the_fields_behind_it(string fields)
    {
        var entry = Read(Encoding.UTF8.GetBytes($"<rss><channel><item>{fields}</item></channel></rss>")).Entries.Single();

        Assert.Equal(("A", "https://v.example/1", "g"), (entry.Title, entry.Link, entry.Guid));
    }

    [Theory]
    [InlineData("<item><title>1</title>")]
    [InlineData("<item><title>1")]
    [InlineData("<item><title>1</title><description><![CDATA[open</description></item>")]
    [InlineData("<item><title>1</title><!-- open </item>")]
    [InlineData("<item><title>1</title><a b='open></item>")]
    public void An_entry_that_nobody_closed_costs_no_other(string first)
    {
        var read = Read(Encoding.UTF8.GetBytes($"<rss><channel>{first}<item><title>2</title><description><![CDATA[two]]></description></item></channel></rss>"));

        Assert.Equal(["1", "2"], read.Entries.Select(entry => entry.Title?.Trim()));
        Assert.Equal("two", read.Entries[1].Summary);
    }

    [Fact]
    public void Lines_of_entries_and_faults_count_from_the_documents_first_line()
    {
        var read = Read("\r\n\r\n<?xml version='1.0'?>\r\n<!-- two\r\nlines --><rss><channel>\n<item><title>6</title></item>\r<item><b></c></item><item><title>7</title></item>\n\n<item><b></c></item>\n<item><title>10</title></item>\n<item>"u8.ToArray());

        Assert.Equal(["6:6", ":7", "7:7", ":9", "10:10"], read.Entries.Select(entry => $"{entry.Title}:{entry.Line}"));
        Assert.Equal("line 11", Assert.Single(read.Faults)[..7]);
    }

    private static ReadDocument Read(byte[] body) => EntryReader.Read(new FetchedDocument(Address, body, null));
}
