using Kwid.Core.Model;
using Kwid.Core.Pipeline;

namespace Kwid.Tests.Pipeline;

/// <summary>A source that changes its guids must not ring five hundred times.</summary>
public class DriftTests
{
    [Fact]
    public async Task Five_hundred_entries_under_other_guids_and_links_wait_and_ring_nowhere()
    {
        await using var shop = await OpenedAsync(500);

        var report = await shop.TellAsync(Items(500, guid: "new-", link: "https://upstream.example/new/"));

        var held = State(shop).Held!;
        Assert.Equal((500, 500, HealthState.Drift), (report.New, held.Revisions.Count, State(shop).Condition.State));
        Assert.Contains("kwid release bsi-wid", State(shop).Condition.Reason, StringComparison.Ordinal);
        Assert.Equal(0, State(shop).Gaps);
        Assert.Null(await shop.PublishAsync());
        Assert.Equal(held.Revisions, (await shop.Store.LoadAsync(TestContext.Current.CancellationToken)).Sources.Single().Held!.Revisions);
    }

    [Fact]
    public async Task Under_other_guids_alone_they_are_recognised_and_that_is_told()
    {
        await using var shop = await OpenedAsync(100);
        var link = "https://upstream.example/a?x=";

        await shop.TellAsync(Items(100, guid: "", link: link).Replace($"<link>{link}", $"<link>{link}", StringComparison.Ordinal));
        var report = await shop.TellAsync(Items(100, guid: "", link: link).Replace("<guid isPermaLink=\"false\">", "<guid isPermaLink=\"false\">urn:new:", StringComparison.Ordinal));

        Assert.Equal((0, HealthState.Drift), (report.New, report.Health.State));
        Assert.Contains("came back with other guids", report.Health.Reason, StringComparison.Ordinal);
        Assert.Null(State(shop).Held);
    }

    [Fact]
    public async Task What_is_critical_and_was_never_heard_of_does_not_wait()
    {
        await using var shop = await OpenedAsync(100);
        var body = Items(90, guid: "new-", link: "https://upstream.example/new/")
            .Replace("</channel>", "<item><title>[kritisch] Libbar brennt</title><guid isPermaLink=\"false\">bar</guid><category>kritisch</category><link>https://upstream.example/bar</link></item></channel>", StringComparison.Ordinal);

        await shop.TellAsync(body);

        Assert.Equal(90, State(shop).Held!.Revisions.Count);
        Assert.Contains("Libbar brennt", shop.Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain("new-7", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_day_does_not_wait()
    {
        await using var shop = await OpenedAsync(100);

        await shop.TellAsync(ScriptedFetcher.Vendor(Enumerable.Range(80, 100).Select(number => ($"{number}", $"Libfoo {number}", (int?)9))));

        Assert.Null(State(shop).Held);
        Assert.Equal(79, State(shop).History.UsualNew);
    }

    [Fact]
    public async Task A_revision_of_what_waits_waits_with_it()
    {
        await using var shop = await OpenedAsync(100);
        await shop.TellAsync(Items(100, guid: "new-", link: "https://upstream.example/new/"));

        var report = await shop.TellAsync(Items(100, guid: "new-", link: "https://upstream.example/new/").Replace("Libfoo 7<", "Libfoo 7 (update)<", StringComparison.Ordinal));

        Assert.Equal((0, 1, 101), (report.New, report.Revised, State(shop).Held!.Revisions.Count));
        Assert.Null(await shop.PublishAsync());
    }

    [Fact]
    public async Task Guids_that_change_at_every_poll_do_not_pile_up()
    {
        await using var shop = await OpenedAsync(100);
        foreach (var round in new[] { "a", "b", "c" }) await shop.TellAsync(Items(100, guid: $"{round}-", link: $"https://upstream.example/{round}/"));

        Assert.Equal(100, State(shop).Held!.Revisions.Count);
    }

    [Fact]
    public async Task A_changed_address_does_not_forget_what_waits()
    {
        await using var shop = await OpenedAsync(100);
        await shop.TellAsync(Items(100, guid: "new-", link: "https://upstream.example/new/"));

        shop.Sources[0] = shop.Sources[0] with { Url = new Uri("https://upstream.example/elsewhere") };

        Assert.Equal(100, State(shop).Held!.Revisions.Count);
    }

    private static SourceState State(Workshop shop) => shop.States.Of(shop.Sources[0]);

    private static async Task<Workshop> OpenedAsync(int count)
    {
        var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(count, guid: "", link: "https://upstream.example/"));
        Assert.True(shop.Shelf.HasOpened);
        return shop;
    }

    private static string Items(int count, string guid, string link) =>
        ScriptedFetcher.Vendor(Enumerable.Range(1, count).Select(number => ($"{guid}{number}", $"Libfoo {number}", (int?)(1 + number % 9))), link);
}
