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

    [Theory]
    [InlineData("<rss><channel><title>Feed<link>https://x.example/</link>ITEMS</channel></rss>")]
    [InlineData("<rss><channel><title>Feed</title><image><url>u</url>ITEMS</channel></rss>")]
    [InlineData("<rss><channel><title><![CDATA[Feed</title>ITEMS</channel></rss>")]
    [InlineData("<rss><channel><title>Feed</title><description>stray </rss> here</description>ITEMS</channel></rss>")]
    [InlineData("<rss><channel><title>Feed</title></channel></rss>ITEMS")]
    [InlineData("<rss><channel xmlns='http://unknown.example/'><title>Feed</title>ITEMS</channel></rss>")]
    [InlineData("<rss xmlns='http://www.w3.org/2005/Atom'><channel><title>Feed</title>ITEMS</channel></rss>")]
    [InlineData("<rss><channel><title>Feed</title>ITEMS<!-- a > </item>--></channel></rss>")]
    public void A_fault_around_the_entries_costs_none_of_them(string document)
    {
        var read = Read(Encoding.UTF8.GetBytes(document.Replace("ITEMS", "<item><title>A</title><guid>a</guid><description>hi<p>para<br></description></item><item><title>B</title><description><![CDATA[b]]></description></item>", StringComparison.Ordinal)));

        Assert.Equal(("Feed", "A", "B"), (read.Head.Title, read.Entries[0].Title, read.Entries[1].Title));
        Assert.Equal(2, read.Entries.Count);
    }

    [Fact]
    public void A_head_field_that_nobody_closed_gives_back_the_fields_behind_it()
    {
        var head = Read("<rss><channel><title>Feed<link>https://x.example/</link><language>de</language><item><title>A</title></item></channel></rss>"u8.ToArray()).Head;

        Assert.Equal(("Feed", "https://x.example/"), (head.Title, head.Home));
    }

    [Fact]
    public void Escapes_of_half_characters_in_json_cost_neither_the_item_nor_what_only_looks_like_one()
    {
        var read = Read(Encoding.UTF8.GetBytes("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"title\":\"a\\ud83d\"},{\"id\":\"2\",\"title\":\"\\\\ud83d\\ude00\"},{\"id\":\"3\",\"title\":\"\\ud83d\\ude00\"},7]}"));

        Assert.Equal(["a\uFFFD", "\\ud83d\uFFFD", "\U0001F600"], read.Entries.Select(entry => entry.Title));
        Assert.Contains("NUMBER where an object belongs", Assert.Single(read.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<feed xml:base='http://x.example/a/'>", "<feed xml:base='aaaaaaaaaa/'>", 20_000)]
    [InlineData("<rss><channel><item><title>x</title>", "<item><description><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/>", 20_000)]
    [InlineData("<rss><channel>", "<!-- >", 200_000)]
    [InlineData("", "<feed>", 200_000)]
    [InlineData("<rss><channel><item><author>", "(@", 400_000)]
    [InlineData("<rss><channel><item><title>", "<![CDATA[x</a>", 100_000)]
    [InlineData("<rss><channel><item>", "<zzz><dc:a/>", 100_000)]
    public void A_document_of_one_kind_of_fault_is_done_in_time(string start, string again, int times)
    {
        var body = Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(again, times)) + "</x></item>-->");
        var before = GC.GetAllocatedBytesForCurrentThread();

        try
        {
            Read(body);
        }
        catch (FeedFormatException)
        {
            // Whether it is read or refused is not what counts here.
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1e6, 0, 500);
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
