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

        for (var length = secondEnds; length < whole.Length - "</channel></rss>".Length; length++)
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
    public void A_document_with_nothing_but_faults_is_given_up_in_time()
    {
        var bad = string.Concat(Enumerable.Repeat("<item><title>x</b></item>", 20_000));

        var read = Read(Encoding.UTF8.GetBytes($"<rss><channel><item><title>first</title></item>{bad}</channel></rss>"));

        Assert.Equal("first", Assert.Single(read.Entries).Title);
        Assert.InRange(read.Faults.Count, 2, 60);
    }

    [Fact]
    public void Lines_of_entries_and_faults_count_from_the_documents_first_line()
    {
        var read = Read("\r\n\r\n<?xml version='1.0'?>\r\n<!-- two\r\nlines --><rss><channel>\n<item><title>6</title></item>\r<item><b></c></item><item><title>7</title></item>\n\n<item><b></c></item>\n<item><title>10</title></item></channel></rss>"u8.ToArray());

        Assert.Equal(["6:6", "7:7", "10:10"], read.Entries.Select(entry => $"{entry.Title}:{entry.Line}"));
        Assert.Equal(["line 7", "line 9"], read.Faults.Select(fault => fault[..6]));
    }

    private static ReadDocument Read(byte[] body) => EntryReader.Read(new FetchedDocument(Address, body, null));
}
