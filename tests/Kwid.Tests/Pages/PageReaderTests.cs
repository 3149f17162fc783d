using System.Globalization;
using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Pages;
using Kwid.Core.Reading;

namespace Kwid.Tests.Pages;

public class PageReaderTests
{
    private const string Address = "https://vendor.example/security/list.html";
    private static readonly PageSelectors Links = new() { Item = "a.advisory" };

    [Fact]
    public void Without_further_selectors_the_link_is_title_and_address()
    {
        var entry = Assert.Single(Read("""<a class="advisory" href="one.html"><b>Libfoo</b> 1</a>""", Links).Entries);

        Assert.Equal(("https://vendor.example/security/one.html", "<b>Libfoo</b> 1", true, null), (entry.Link, entry.Title, entry.TitleIsMarkup, entry.Guid));
    }

    [Theory]
    [InlineData("<base href=\"/base/\">", null, "https://vendor.example/base/one.html")]
    [InlineData("<base href=\"https://cdn.example/x/\">", null, "https://cdn.example/x/one.html")]
    [InlineData("<base href=\"http://[\">", null, "https://vendor.example/security/one.html")]
    [InlineData("", "/moved/list.html", "https://vendor.example/moved/one.html")]
    [InlineData("<base href=\"../up/\">", "/moved/list.html", "https://vendor.example/up/one.html")]
    public void Links_are_relative_to_base_to_content_location_to_the_address(string head, string? location, string expected)
    {
        var document = Document(head + """<a class="advisory" href="one.html">x</a>""") with { ContentLocation = location is null ? null : new Uri(location, UriKind.Relative) };

        Assert.Equal(expected, Assert.Single(PageReader.Read(document, Links).Entries).Link);
    }

    [Theory]
    [InlineData("""<a class="advisory" href="#c123">x</a>""", "c123", Address + "#c123")]
    [InlineData("""<a class="advisory" href="/security/list.html#c%20123">x</a>""", "c 123", Address + "#c%20123")]
    [InlineData("""<base href="/"><a class="advisory" href="#c123">x</a>""", "c123", Address + "#c123")]
    [InlineData("""<a class="advisory" href="other.html#c123">x</a>""", null, "https://vendor.example/security/other.html#c123")]
    [InlineData("""<div class="advisory" id="c9">x</div>""", "c9", Address + "#c9")]
    public void An_anchor_of_the_page_itself_is_the_id_and_stays_in_the_permalink(string html, string? id, string link)
    {
        var entry = Assert.Single(Read(html, Links with { Item = ".advisory" }).Entries);

        Assert.Equal((id, link), (entry.Guid, entry.Link));
    }

    [Fact]
    public void Fields_are_taken_from_where_the_selectors_say()
    {
        var selectors = new PageSelectors { Item = "tr", Title = "td:nth-child(2)", Link = "@data-href", Date = "td:nth-child(3)", DateFormat = "M/d/yyyy", Summary = "td.text", Id = "@data-id" };

        var entry = Assert.Single(Read("""<table><tr data-id="A-1" data-href="/a1"><td>x<td>Title<td>Posted:  <td class=text>one<td class=text>two <i>2</i></table>""".Replace("Posted:  ", "3/2/2026", StringComparison.Ordinal), selectors).Entries);

        Assert.Equal(("A-1", "https://vendor.example/a1", "Title", "2026-03-02T00:00:00.0000000+00:00", "<div>one</div><div>two <i>2</i></div>"), (entry.Guid, entry.Link, entry.Title, entry.Published, entry.Summary));
    }

    [Fact]
    public void A_summary_of_several_parts_keeps_lists_and_tells_nothing_twice()
    {
        var entry = Assert.Single(Read("<div class=i><h2>T</h2><p>one</p><ul><li><p>two</p></ul></div>", new PageSelectors { Item = ".i", Title = "h2", Summary = "p, ul" }).Entries);

        Assert.Equal("<p>one</p><ul><li><p>two</p></li></ul>", entry.Summary);
    }

    [Theory]
    [InlineData("Published: 2 March 2026 08:30", "2 March 2026 08:30")]
    [InlineData("Veröffentlicht am 2. März 2026", "2. März 2026")]
    [InlineData("Zuletzt aktualisiert am 2. März 2026 | Lesezeit 3 Minuten", "2. März 2026")]
    [InlineData("Advisory | Published on March 2, 2026", "March 2, 2026")]
    [InlineData("Posted Mon, 02 Mar 2026 08:00:00 GMT", "02 Mar 2026 08:00:00 GMT")]
    [InlineData("2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z")]
    [InlineData("a b c d 2 March 2026", "a b c d 2 March 2026")]
    [InlineData("Sept. 2, 2026", "Sept. 2, 2026")]
    [InlineData("Maerz 2026", "Maerz 2026")]
    public void Words_around_a_date_are_no_part_of_it(string written, string expected)
    {
        var entry = Assert.Single(Read($"<div class=i>A <span>{written}</span></div>", new PageSelectors { Item = ".i", Date = "span" }).Entries);

        Assert.Equal(expected, entry.Published);
    }

    [Theory]
    [InlineData("03/02/2026 08:30 +02:00", "MM/dd/yyyy HH:mm zzz", "2026-03-02T08:30:00.0000000+02:00")]
    [InlineData("2026-03-02T08:30:00Z", "yyyy-MM-ddTHH:mm:ssK", "2026-03-02T08:30:00.0000000+00:00")]
    [InlineData("03/02/2026 08:30", "MM/dd/yyyy HH:mm", "2026-03-02T08:30:00.0000000+00:00")]
    [InlineData("2 März 2026", "d MMMM yyyy", "2026-03-02T00:00:00.0000000+00:00")]
    [InlineData("Veröffentlicht am 03/02/2026", "MM/dd/yyyy", "2026-03-02T00:00:00.0000000+00:00")]
    [InlineData("03.02.2026", "MM/dd/yyyy", null)]
    public void A_date_by_its_format_is_the_same_on_every_machine(string written, string format, string? expected)
    {
        var entry = Assert.Single(Read($"<div class=i>A <span>{written}</span></div>", new PageSelectors { Item = ".i", Date = "span", DateFormat = format }).Entries);

        Assert.Equal(expected, entry.Published);
    }

    [Theory]
    [InlineData("<div class=i>A <i>soon</i></div><div class=i>B <i>later</i></div>", true)]
    [InlineData("<div class=i>A <i>soon</i></div><div class=i>B <i>2 March 2026</i></div>", false)]
    [InlineData("<div class=i>A</div>", false)]
    public void A_date_selector_that_finds_no_date_anywhere_is_told_once(string html, bool told)
    {
        var faults = Read(html, new PageSelectors { Item = ".i", Date = "i" }).Faults;

        Assert.Equal(told ? 1 : 0, faults.Count);
        Assert.All(faults, fault => Assert.Contains("The date selector 'i' finds no date on any item, but for example \"soon\"", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_picture_and_a_title_that_lead_to_one_page_are_one_item()
    {
        var read = Read("""<a class="advisory" href="1"><img></a><a class="advisory" href="1">One</a><a class="advisory" href="2">Two</a>""", Links);

        Assert.Equal(["One", "Two"], read.Entries.Select(entry => entry.Title));
    }

    [Fact]
    public void Rows_that_share_a_page_stay_apart_by_their_titles()
    {
        var read = Read("<table><tr><td>CVE-2026-10001 in Libfoo<td><a href='1'>sk1</a><tr><td>CVE-2026-10002 in Libbar<td><a href='1'>sk1</a><tr><td><b>CVE-2026-10001</b> in Libfoo<td><a href='1'>sk1</a><tr><td> <td><a href='1'>sk1</a></table>",
            new PageSelectors { Item = "tr", Title = "td:first-child" });

        Assert.Equal(["CVE-2026-10001 in Libfoo", "CVE-2026-10002 in Libbar"], read.Entries.Select(entry => entry.Title));
    }

    [Fact]
    public void Items_in_items_in_items_are_refused_with_the_innermost_named()
    {
        var fault = Assert.Throws<FeedFormatException>(() => Read(string.Concat(Enumerable.Repeat("<div class=i>\n", 6)) + "x", new PageSelectors { Item = ".i" }));

        Assert.Contains("items that lie in items: the <div> in line 6 lies in 5 others", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_is_kept_as_far_as_it_is_read()
    {
        var entry = Assert.Single(Read($"<div class=i><p>{new string('x', 500_000)}</p><p>y</p></div>", new PageSelectors { Item = ".i", Summary = "p" }).Entries);

        Assert.Equal((200_001, 200_001), (entry.Title!.Length, entry.Summary!.Length));
    }

    [Fact]
    public void Fields_that_repeat_the_page_again_and_again_are_cut_and_it_is_told()
    {
        var html = string.Concat(Enumerable.Repeat("<div class=i>", 5)) + $"<h2>T</h2><p>{new string('x', 190_000)}</p>";

        var read = Read(html, new PageSelectors { Item = ".i", Summary = "p" });

        Assert.InRange(read.Entries.Count, 1, 4);
        Assert.Contains("The rest was left out from line 1 on", Assert.Single(read.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_page_of_nested_items_costs_a_small_multiple_of_itself()
    {
        var html = string.Concat(Enumerable.Repeat("<div class=i>", 5)) + "<h2>T</h2>" + string.Concat(Enumerable.Repeat("a b ", 1_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = Read(html, new PageSelectors { Item = ".i", Title = "h2", Summary = "*" });

        Assert.NotEmpty(read.Entries);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * html.Length);
    }

    [Fact]
    public void A_page_of_nothing_but_links_is_read_in_a_moment()
    {
        var html = "<div class=i>" + string.Concat(Enumerable.Repeat("<a href='1'></a>", 40_000)) + "<a href='1'>One</a>" + string.Concat(Enumerable.Repeat("<b>x</b>", 40_000)) + "</div>";
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var read = Read(html, new PageSelectors { Item = ".i", Summary = "b" });

        Assert.Equal("One", Assert.Single(read.Entries).Title);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
    }

    [Fact]
    public void An_item_without_title_is_told_with_its_place()
    {
        var read = Read("<a class='advisory' href='1'>One</a>\n<a class='advisory' href='2'></a>", Links);

        Assert.Equal([("One", 1), (null, 2)], read.Entries.Select(entry => (entry.Title, entry.Line)));
    }

    [Theory]
    [InlineData("<title>Wartung</title><p>Gleich wieder da", "a.advisory", null, "the item selector 'a.advisory' finds nothing", "Wartung")]
    [InlineData("<a class='advisory' href='1'>One</a>", "a.advisory", "/sa-", "none of the 1 items that 'a.advisory' finds has a link that fits linkPattern '/sa-'", "HTML page")]
    [InlineData("<a class='advisory' href='1'></a>", "a.advisory", null, "none of the 1 items that 'a.advisory' finds has a title", "HTML page")]
    [InlineData("{\"error\":1}", "a.advisory", null, "finds nothing", "JSON")]
    [InlineData("%PDF-1.7", "a.advisory", null, "a PDF document, not an HTML page", "PDF")]
    [InlineData("", "a.advisory", null, "an empty body, not an HTML page", "empty")]
    public void Selectors_that_find_nothing_are_a_failure_that_says_what_to_do(string html, string item, string? pattern, string why, string what)
    {
        var fault = Assert.Throws<FeedFormatException>(() => PageReader.Read(new FetchedDocument(new Uri(Address), Encoding.UTF8.GetBytes(html), "text/html"), new PageSelectors { Item = item, LinkPattern = pattern }));

        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        Assert.Contains("feeds.config.json", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("<rss>", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_takes_for_ever_costs_a_moment_and_no_item()
    {
        var link = new string('a', 40) + "!";

        var read = Read($"<a class='advisory' href='{link}'>One</a>", Links with { LinkPattern = "(a+)+$" });

        Assert.Single(read.Entries);
    }

    [Fact]
    public void Nesting_that_would_keep_a_parser_busy_for_minutes_is_no_page() =>
        Assert.Throws<FeedFormatException>(() => Read(string.Concat(Enumerable.Repeat("<div>", 500_000)) + "<a class='advisory' href='1'>One</a>", Links));

    [Fact]
    public void A_page_with_more_items_than_anyone_lists_is_cut_and_says_so()
    {
        var html = new StringBuilder();
        for (var i = 0; i < 5000; i++) html.Append(CultureInfo.InvariantCulture, $"<a class='advisory' href='{i}'>Item {i}</a>");

        var read = Read(html.ToString(), Links);

        Assert.Equal(2000, read.Entries.Count);
        Assert.Contains("more than 2000 items", Assert.Single(read.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_pages_never_throw_anything_but_that_they_cannot_be_read()
    {
        var page = Encoding.UTF8.GetBytes("<!DOCTYPE html><title>x</title><base href='/b/'><table><tr><td><a class='advisory' href='1#a'>One</a><template><svg><math><select><a class=advisory>2</table>");
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var damaged = (byte[])page.Clone();
            for (var i = 0; i < 1 + (round % 20); i++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);

            var fault = Record.Exception(() => PageReader.Read(new FetchedDocument(new Uri(Address), damaged, null), Links with { Title = "td, a", Summary = "*", Id = "@id", Date = "a" }));

            Assert.True(fault is null or FeedFormatException, fault?.ToString());
        }
    }

    private static FetchedDocument Document(string html) => new(new Uri(Address), Encoding.UTF8.GetBytes("<!DOCTYPE html><html>" + html), "text/html");

    private static ReadDocument Read(string html, PageSelectors selectors) => PageReader.Read(Document(html), selectors);
}
