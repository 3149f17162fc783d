using Kwid.Core.Model;
using Kwid.Core.Pipeline;

namespace Kwid.Tests.Pipeline;

/// <summary>A page whose items have pages of their own, on its way through the pipeline: nothing lost, nothing told twice.</summary>
public class PageIngestTests
{
    private const string Address = "https://upstream.example/list";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_item_is_told_once_and_whole_when_its_own_page_is_there()
    {
        await using var shop = await OpenAsync();

        var first = await shop.TellAsync(List(1, 2));
        var same = await shop.TellAsync(List(1, 2));

        Assert.Equal((PollOutcome.Read, 2, 0), (first.Outcome, first.New, first.Revised));
        Assert.Equal((0, 0, 2), (same.New, same.Revised, shop.States.Of(shop.Sources[0]).LastEntries));
        Assert.All(["Text of 1", "CVE-2026-90001", "Text of 2"], text => Assert.Contains(text, shop.Feed(), StringComparison.Ordinal));
        Assert.Equal([Own(1), Own(2)], shop.Network.AskedPages);
        Assert.Equal([null, "\"v1\""], shop.Network.Asked.Select(validators => validators.ETag));
    }

    [Fact]
    public async Task Own_pages_beyond_the_limit_come_with_the_next_polls_and_no_304_stands_before_them()
    {
        await using var shop = await OpenAsync(perPoll: 2);

        var first = await shop.TellAsync(List(5, 4, 3, 2, 1));
        var late = await shop.TellAsync(List(5, 4, 3, 2, 1));
        await shop.TellAsync(List(5, 4, 3, 2, 1));
        var unchanged = await shop.TellAsync(null);

        Assert.Equal((5, 0), (first.New, first.Revised));
        Assert.Equal((0, 2), (late.New, late.Revised));
        Assert.Equal([5, 4, 3, 2, 1], shop.Network.AskedPages.Select(page => page[^1] - '0'));
        Assert.Equal([null, null, null, "\"v3\""], shop.Network.Asked.Select(validators => validators.ETag));
        Assert.Equal(PollOutcome.Unchanged, unchanged.Outcome);
        Assert.Contains("Text of 1", shop.Feed(), StringComparison.Ordinal);
        Assert.Equal(5, Ids(shop).Count);
    }

    [Fact]
    public async Task A_text_that_comes_late_changes_the_entry_in_silence_cves_included()
    {
        await using var shop = await OpenAsync();
        shop.Network.Pages[Own(1)] = null;
        await shop.TellAsync(List(1));
        var before = Ids(shop);
        Assert.DoesNotContain("CVE-2026-90001", shop.Feed(), StringComparison.Ordinal);
        Assert.Contains("answered 404", shop.States.Of(shop.Sources[0]).Remark, StringComparison.Ordinal);

        shop.Network.Pages[Own(1)] = Page(1);
        var report = await shop.TellAsync(List(1));

        Assert.Equal((0, 1), (report.New, report.Revised));
        Assert.Contains("CVE-2026-90001", shop.Feed(), StringComparison.Ordinal);
        Assert.Equal(before, Ids(shop));
    }

    [Fact]
    public async Task A_critical_matter_that_only_its_own_page_names_so_rings_once_where_nobody_was_told()
    {
        await using var shop = await OpenAsync();
        shop.Sources[0] = shop.Sources[0] with { Deliver = Delivery.Background };
        shop.Network.Pages[Own(5)] = null;
        await shop.TellAsync(List(5));
        Assert.Empty(Ids(shop));

        shop.Network.Pages[Own(5)] = Page(5, "Security Impact Rating: Critical");
        await shop.TellAsync(List(5));

        Assert.Single(Ids(shop));
    }

    [Fact]
    public async Task History_whose_own_pages_come_late_does_not_ring()
    {
        await using var shop = await OpenAsync(perPoll: 1, now: "2026-03-20T12:00:00Z");
        var page = shop.Sources[0];
        shop.Sources[0] = Make.Source(id: "first", url: "https://first.example/feed");
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 19)));
        var before = Ids(shop);

        shop.Sources[0] = page;
        shop.Network.Pages[Own(1)] = Page(1, "Security Impact Rating: Critical");
        await shop.TellAsync(List(2, 1));
        await shop.TellAsync(List(2, 1));

        Assert.Equal([Own(2), Own(1)], shop.Network.AskedPages);
        Assert.Equal(before, Ids(shop));
    }

    [Fact]
    public async Task A_page_that_fails_is_asked_ever_more_seldom_and_costs_neither_the_item_nor_the_source()
    {
        await using var shop = await OpenAsync();
        shop.Network.Pages[Own(1)] = null;

        for (var poll = 0; poll < 300; poll++)
        {
            Assert.Equal(PollOutcome.Read, (await shop.TellAsync(List(2, 1))).Outcome);
            Assert.NotNull(shop.States.Of(shop.Sources[0]).Remark);
            shop.Clock.Advance(TimeSpan.FromMinutes(9));
        }

        Assert.InRange(shop.Network.AskedPages.Count(page => page == Own(1)), 9, 11);
        Assert.InRange(shop.Network.Asked.Count(validators => validators.ETag is null), 9, 15);
        Assert.Equal(2, Ids(shop).Count);

        shop.Network.Pages[Own(1)] = Page(1);
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.TellAsync(List(2, 1));

        Assert.Contains("Text of 1", shop.Feed(), StringComparison.Ordinal);
        Assert.Null(shop.States.Of(shop.Sources[0]).Remark);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_puts_no_own_page_off()
    {
        await using var shop = await OpenAsync();
        shop.Network.Pages[Own(1)] = null;
        for (var poll = 0; poll < 3; poll++)
        {
            await shop.TellAsync(List(2, 1));
            shop.Clock.Advance(TimeSpan.FromMinutes(30));
        }

        await shop.TellAsync(List(2, 1));
        shop.Network.Pages[Own(1)] = Page(1);
        await shop.TellAsync(List(2, 1));
        Assert.DoesNotContain("Text of 1", shop.Feed(), StringComparison.Ordinal);

        shop.Clock.Jump(TimeSpan.FromDays(-2));
        await shop.TellAsync(List(2, 1));

        Assert.Contains("Text of 1", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_of_own_pages_delays_their_texts_and_a_304_keeps_the_remark()
    {
        await using var shop = await OpenAsync();
        shop.Network.Pages[Own(1)] = "silence";
        for (var poll = 0; poll < 5; poll++) await shop.TellAsync(List(1));

        shop.Network.Pages[Own(1)] = Page(1);
        var meanwhile = await shop.TellAsync(null);
        Assert.Equal(PollOutcome.Unchanged, meanwhile.Outcome);
        Assert.Contains("could not be read before: 1 items", shop.States.Of(shop.Sources[0]).Remark, StringComparison.Ordinal);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await shop.TellAsync(List(1));

        Assert.Contains("Text of 1", shop.Feed(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://upstream.example/")]
    [InlineData("https://upstream.example/list")]
    [InlineData("https://login.example/advisories/1")]
    [InlineData("http://upstream.example/advisories/1")]
    public async Task An_own_page_that_leads_elsewhere_is_no_text(string elsewhere)
    {
        await using var shop = await OpenAsync();
        shop.Network.Redirects[Own(1)] = elsewhere;

        await shop.TellAsync(List(1));

        Assert.Contains($"leads to {elsewhere}", shop.States.Of(shop.Sources[0]).Remark, StringComparison.Ordinal);
        Assert.DoesNotContain("Text of 1", shop.Feed(), StringComparison.Ordinal);
        Assert.Single(Ids(shop));
    }

    [Fact]
    public async Task Markup_that_changes_with_every_answer_makes_no_item_new_and_starves_no_other()
    {
        await using var shop = await OpenAsync(perPoll: 2);

        for (var poll = 0; poll < 3; poll++) await shop.TellAsync(List(5, 4, 3, 2, 1).Replace("Libfoo", $"<span data-x='{poll}'>Libfoo</span>", StringComparison.Ordinal));

        Assert.Equal([5, 4, 3, 2, 1], shop.Network.AskedPages.Select(page => page[^1] - '0'));
    }

    [Fact]
    public async Task Titles_that_change_with_every_answer_starve_no_other_item()
    {
        await using var shop = await OpenAsync(perPoll: 2);

        for (var poll = 0; poll < 3; poll++) await shop.TellAsync(List(5, 4, 3, 2, 1).Replace("Libfoo", $"Libfoo ({poll} minutes ago)", StringComparison.Ordinal));

        Assert.Equal(5, shop.Network.AskedPages.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Rows_that_share_a_page_are_two_items_each_with_its_text()
    {
        await using var shop = await OpenAsync();
        var list = List(1, 1).Replace("</ul>", "</ul><!--", StringComparison.Ordinal);
        list = list[..list.LastIndexOf("Libfoo 1", StringComparison.Ordinal)] + "Libbar" + list[(list.LastIndexOf("Libfoo 1", StringComparison.Ordinal) + 8)..];

        var first = await shop.TellAsync(list);
        var same = await shop.TellAsync(list);

        Assert.Equal((2, 0, 0, 0), (first.New, first.Revised, same.New, same.Revised));
        Assert.Equal(2, shop.Network.AskedPages.Count);
        Assert.Equal(2, Ids(shop).Count);
    }

    [Fact]
    public async Task An_own_page_that_was_read_is_looked_at_daily_for_a_month_and_what_it_adds_rings()
    {
        await using var shop = await OpenAsync();
        await shop.TellAsync(List(1));
        shop.Network.Pages[Own(1)] = Page(1, "UPDATE: CVE-2026-77777");

        await shop.TellAsync(List(1));
        Assert.Single(shop.Network.AskedPages);
        shop.Clock.Advance(TimeSpan.FromDays(1));
        var changed = await shop.TellAsync(List(1));

        Assert.Equal((0, 1), (changed.New, changed.Revised));
        Assert.Equal(2, Ids(shop).Count);
        for (var day = 0; day < 60; day++)
        {
            shop.Clock.Advance(TimeSpan.FromDays(1));
            await shop.TellAsync(List(1));
        }

        Assert.InRange(shop.Network.AskedPages.Count, 29, 33);
        Assert.NotNull(shop.Network.Asked[^1].ETag);
    }

    [Fact]
    public async Task An_own_page_that_was_read_and_fails_later_changes_nothing()
    {
        await using var shop = await OpenAsync();
        await shop.TellAsync(List(1));
        shop.Network.Pages[Own(1)] = null;
        shop.Clock.Advance(TimeSpan.FromDays(1));

        var report = await shop.TellAsync(List(1));

        Assert.Equal((0, 0, 2), (report.New, report.Revised, shop.Network.AskedPages.Count));
        Assert.Contains("Text of 1", shop.Feed(), StringComparison.Ordinal);
        Assert.Null(shop.States.Of(shop.Sources[0]).Remark);
    }

    [Theory]
    [InlineData("<html><body><div>moved</div></body></html>", "the detail selector 'main' finds no text")]
    [InlineData("%PDF-1.7", "the detail selector 'main' finds no text")]
    [InlineData("silence", "did not answer")]
    public async Task An_own_page_that_says_nothing_is_told_in_the_sources_health(string body, string remark)
    {
        await using var shop = await OpenAsync();
        shop.Network.Pages[Own(1)] = body;

        await shop.TellAsync(List(1));

        Assert.Single(Ids(shop));
        Assert.Contains(remark, shop.States.Of(shop.Sources[0]).Remark, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_asks_for_patience_has_it_while_the_list_is_read_on()
    {
        await using var shop = await OpenAsync();
        shop.Network.Pages[Own(2)] = "patience";

        var report = await shop.TellAsync(List(3, 2, 1));
        var later = await shop.TellAsync(List(4, 3, 2, 1));

        Assert.Equal((PollOutcome.Read, 3), (report.Outcome, report.New));
        Assert.Equal((PollOutcome.Read, 1, 0), (later.Outcome, later.New, shop.States.Of(shop.Sources[0]).Failures));
        Assert.Equal([Own(3), Own(2)], shop.Network.AskedPages);
        Assert.Contains("no own pages are asked before 2026-03-10 17:00:00 UTC", shop.States.Of(shop.Sources[0]).Remark, StringComparison.Ordinal);

        shop.Network.Pages[Own(2)] = Page(2);
        shop.Clock.Advance(TimeSpan.FromHours(5));
        await shop.TellAsync(List(4, 3, 2, 1));

        Assert.All(["Text of 1", "Text of 2", "Text of 3", "Text of 4"], text => Assert.Contains(text, shop.Feed(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_item_is_asked_again_and_keeps_its_text_while_its_own_page_fails()
    {
        await using var shop = await OpenAsync();
        await shop.TellAsync(List(2, 1));
        shop.Network.Pages[Own(1)] = null;

        var changed = await shop.TellAsync(List(2, 1).Replace("Libfoo 1", "Libfoo 1 and 1b", StringComparison.Ordinal));

        Assert.Equal((0, 1), (changed.New, changed.Revised));
        Assert.Equal([Own(2), Own(1), Own(1)], shop.Network.AskedPages);
        Assert.All(["Libfoo 1 and 1b", "Text of 1", "CVE-2026-90001"], text => Assert.Contains(text, shop.Feed(), StringComparison.Ordinal));

        shop.Network.Pages[Own(1)] = Page(1, "More: CVE-2026-99999");
        await shop.TellAsync(List(2, 1).Replace("Libfoo 1", "Libfoo 1 and 1b", StringComparison.Ordinal));

        Assert.Contains("CVE-2026-99999", shop.Feed(), StringComparison.Ordinal);
        Assert.Equal(3, Ids(shop).Count); // a CVE that was added is news
    }

    [Fact]
    public async Task The_label_of_a_text_stays_with_it_while_its_own_page_fails()
    {
        await using var shop = await OpenAsync();
        shop.Network.Pages[Own(1)] = "<main><p>TLP:AMBER</p><p>Text of 1</p></main>";
        await shop.TellAsync(List(1));
        shop.Network.Pages[Own(1)] = null;

        var changed = await shop.TellAsync(List(1).Replace("Libfoo 1", "Libfoo 1b", StringComparison.Ordinal));

        Assert.Equal((0, 1), (changed.New, changed.Revised));
        Assert.DoesNotContain("Text of 1", shop.Feed(), StringComparison.Ordinal);
        Assert.Empty(Ids(shop));
    }

    [Fact]
    public async Task Own_pages_that_are_asked_from_now_on_ring_nothing_again()
    {
        await using var shop = await OpenAsync();
        var selectors = shop.Sources[0].Page!;
        shop.Sources[0] = shop.Sources[0] with { Page = selectors with { Detail = null } };
        await shop.TellAsync(List(2, 1));
        var before = Ids(shop);

        shop.Sources[0] = shop.Sources[0] with { Page = selectors };
        await shop.TellAsync(List(2, 1));

        Assert.Equal(before, Ids(shop));
        Assert.Contains("Text of 1", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_pages_that_are_no_longer_asked_leave_their_texts()
    {
        await using var shop = await OpenAsync();
        await shop.TellAsync(List(2, 1));

        shop.Sources[0] = shop.Sources[0] with { Page = shop.Sources[0].Page! with { Detail = null } };
        await shop.TellAsync(List(2, 1));

        Assert.Contains("Text of 1", shop.Feed(), StringComparison.Ordinal);
        Assert.Equal(2, Ids(shop).Count);
    }

    [Fact]
    public async Task A_cve_that_the_list_itself_adds_rings_though_the_own_page_is_read_at_last_in_the_same_poll()
    {
        await using var shop = await OpenAsync();
        shop.Network.Pages[Own(1)] = null;
        await shop.TellAsync(List(1));

        shop.Network.Pages[Own(1)] = Page(1);
        await shop.TellAsync(List(1).Replace("Libfoo 1", "Libfoo 1, now also CVE-2026-55555", StringComparison.Ordinal));

        Assert.Equal(2, Ids(shop).Count);
        Assert.Contains("weitere CVE", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_between_list_and_own_pages_delays_and_loses_nothing()
    {
        await using var shop = await OpenAsync();
        shop.Network.DiesAtPages = true;
        await Assert.ThrowsAsync<OperationCanceledException>(() => shop.TellAsync(List(2, 1)));
        await shop.AbandonAsync();

        await using var again = await Workshop.OpenAsync(before: shop);
        Prepare(again, 10);
        var report = await again.TellAsync(List(2, 1));

        Assert.Equal((2, 0), (report.New, report.Revised));
        Assert.Null(again.Network.Asked.Single().ETag);
        Assert.Contains("Text of 1", again.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_goes_on_with_the_own_pages_that_are_left()
    {
        await using var shop = await OpenAsync(perPoll: 1);
        await shop.TellAsync(List(2, 1));
        await shop.AbandonAsync();

        await using var again = await Workshop.OpenAsync(before: shop);
        Prepare(again, 1);
        await again.TellAsync(List(2, 1));

        Assert.Equal([Own(1)], again.Network.AskedPages);
        Assert.Equal(2, Ids(again).Count);
    }

    [Fact]
    public async Task A_page_that_has_changed_is_a_failed_poll_that_names_the_selector_and_keeps_everything()
    {
        await using var shop = await OpenAsync();
        await shop.TellAsync(List(2, 1));

        var report = await shop.TellAsync("<!DOCTYPE html><html><head><title>Our new look</title></head><body><h1>Hello</h1></body></html>");
        var back = await shop.TellAsync(List(3, 2, 1));

        Assert.Equal(PollOutcome.Failed, report.Outcome);
        Assert.All(["Source 'page'", "'li.advisory'", "Our new look", "feeds.config.json"], part => Assert.Contains(part, report.Error, StringComparison.Ordinal));
        Assert.Equal((1, 0), (back.New, back.Revised));
        Assert.Equal([Own(2), Own(1), Own(3)], shop.Network.AskedPages);
    }

    [Fact]
    public async Task Other_selectors_read_the_page_anew_and_take_no_text_away()
    {
        await using var shop = await OpenAsync();
        await shop.TellAsync(List(1));

        shop.Network.Pages[Own(1)] = null;
        shop.Sources[0] = shop.Sources[0] with { Page = shop.Sources[0].Page! with { Summary = "i" } };
        var report = await shop.TellAsync(List(1));

        Assert.Equal([null, null], shop.Network.Asked.Select(validators => validators.ETag));
        Assert.Equal((0, 0), (report.New, report.Revised));
        Assert.Contains("Text of 1", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_secret_address_nothing_shows_through_the_texts_of_own_pages()
    {
        await using var shop = await OpenAsync();
        shop.Sources[0] = shop.Sources[0] with { Url = new Uri("https://upstream.example/SECRET/list"), IsAddressConfidential = true };
        shop.Network.Pages["https://upstream.example/SECRET/own/1"] = "<main>Text of 1 <a href='more'>more</a> <a href='#x'>x</a></main>";

        await shop.TellAsync("<li class=advisory><a href='own/1'>Libfoo 1</a>");

        Assert.Contains("Text of 1", shop.Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", shop.Feed() + shop.Feed("05315000.rss"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://upstream.example/1")]
    [InlineData("https://intranet.example/1")]
    [InlineData("https://upstream.example:8443/1")]
    public async Task An_own_page_on_another_host_or_without_protection_is_not_asked(string link)
    {
        await using var shop = await OpenAsync();
        shop.Network.Pages[link] = Page(1);

        await shop.TellAsync($"<li class=advisory><a href='{link}'>Libfoo 1</a>");
        await shop.TellAsync(null);

        Assert.Empty(shop.Network.AskedPages);
        Assert.Single(Ids(shop));
        Assert.NotNull(shop.Network.Asked[^1].ETag);
    }

    [Fact]
    public async Task Saved_pages_in_a_folder_are_read_too()
    {
        await using var shop = await OpenAsync();
        var folder = Directory.CreateTempSubdirectory("kwid-pages-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "saved.html"), "<base href='https://upstream.example/'>" + List(2, 1), Cancel);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "note.txt"), "no page", Cancel);
            shop.Sources[0] = shop.Sources[0] with { Url = new Uri(folder.FullName + "/") };

            var report = await shop.TellAsync(null);

            Assert.Equal((PollOutcome.Read, 2), (report.Outcome, report.New));
            Assert.Contains(Own(1), shop.Feed(), StringComparison.Ordinal);
            Assert.Empty(shop.Network.AskedPages);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Workshop> OpenAsync(int perPoll = 10, string now = "2026-03-10T12:00:00Z")
    {
        var shop = await Workshop.OpenAsync(now);
        Prepare(shop, perPoll);
        return shop;
    }

    private static void Prepare(Workshop shop, int perPoll)
    {
        var selectors = new PageSelectors { Item = "li.advisory", Date = "time", Detail = "main", DetailsPerPoll = perPoll };
        shop.Sources[0] = Make.Source(id: "page", url: Address) with { Kind = SourceKind.Page, Page = selectors };
        for (var number = 1; number <= 5; number++) shop.Network.Pages[Own(number)] = Page(number);
    }

    private static string Own(int number) => $"https://upstream.example/advisories/{number}";

    private static string Page(int number, string text = "") =>
        $"<html><nav>Menu</nav><main><p>Text of {number}, see <a href='/more'>CVE-2026-9000{number}</a>. {text}</p></main></html>";

    private static string List(params int[] numbers) =>
        $"<html><head><title>Advisories</title></head><ul>{string.Concat(numbers.Select(number => $"<li class=advisory><a href='/advisories/{number}'>Libfoo {number}</a> <time>2026-03-0{number}</time>"))}</ul></html>";

    /// <summary>Ids of the feed's entries: a new one is what readers show as new.</summary>
    private static List<string> Ids(Workshop shop) =>
        [.. shop.Feed().Split("<entry ").Skip(1).Select(entry => entry.Split("<id>")[1].Split("</id>")[0]).Order(StringComparer.Ordinal)];
}
