using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Pipeline;

/// <summary>Entries that came and went while nobody looked.</summary>
public class GapTests
{
    private const string Archive = "https://upstream.example/archive/";

    [Fact]
    public async Task Seven_days_without_a_poll_are_one_gap_told_once()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 10));
        var last = State(shop).LastSuccess;
        shop.Clock.Advance(TimeSpan.FromDays(7));

        await shop.TellAsync(Items(40, 49));
        await shop.TellAsync(Items(41, 50));
        await shop.TellAsync(null);

        Assert.Equal(1, State(shop).Gaps);
        Assert.Equal((last, false, (string?)null), (State(shop).LastGap!.From, State(shop).LastGap!.Closed, State(shop).LastGap!.Next));
    }

    [Fact]
    public async Task A_source_with_an_archive_closes_the_gap_and_nothing_is_missing()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 10));
        shop.Clock.Advance(TimeSpan.FromDays(7));
        shop.Network.Special = Archives(shop, new() { ["3"] = (30, 39, "2"), ["2"] = (20, 29, "1"), ["1"] = (5, 19, "0"), ["0"] = (1, 4, null) });

        var report = await shop.TellAsync(Items(40, 49, "3"));

        Assert.Equal((49 - 10, 1, true), (report.New, State(shop).Gaps, State(shop).LastGap!.Closed));
        Assert.All(Enumerable.Range(1, 49), number => Assert.Contains($"Libfoo {number}<", shop.Feed(), StringComparison.Ordinal));
        Assert.DoesNotContain(shop.Network.Asked, asked => asked.ETag == Archive + "0");
    }

    [Fact]
    public async Task An_archive_that_fails_is_asked_again_at_the_next_poll_also_after_a_restart()
    {
        await using var before = await Workshop.OpenAsync();
        await before.TellAsync(Items(1, 10));
        before.Clock.Advance(TimeSpan.FromDays(7));
        before.Network.Special = request => request.Address.AbsoluteUri == Archive + "1" ? new FetchOutcome.Failed(503, "out of order") : null;
        var report = await before.TellAsync(Items(40, 49, "1"));
        Assert.Equal((10, false, Archive + "1"), (report.New, State(before).LastGap!.Closed, State(before).LastGap!.Next));
        await before.AbandonAsync();

        await using var after = await Workshop.OpenAsync(before: before);
        after.Network.Special = Archives(after, new() { ["1"] = (5, 39, null) });
        Assert.Equal(0, (await after.TellAsync(null)).New);
        after.Clock.Advance(TimeSpan.FromMinutes(10));
        var later = await after.TellAsync(null);

        Assert.Equal((29, true, 1), (later.New, State(after).LastGap!.Closed, State(after).Gaps));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_puts_no_archive_off()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 10));
        shop.Clock.Advance(TimeSpan.FromDays(7));
        shop.Network.Special = request => request.Address.AbsoluteUri == Archive + "1" ? new FetchOutcome.Failed(503, "out of order") : null;
        await shop.TellAsync(Items(40, 49, "1"));
        shop.Network.Special = Archives(shop, new() { ["1"] = (5, 39, null) });
        Assert.Equal(0, (await shop.TellAsync(null)).New);

        shop.Clock.Jump(TimeSpan.FromDays(-2));
        var report = await shop.TellAsync(null);

        Assert.Equal((29, true), (report.New, State(shop).LastGap!.Closed));
    }

    [Fact]
    public async Task An_archive_that_does_not_reach_back_far_enough_leaves_the_gap_open_and_a_circle_ends()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 10));
        shop.Network.Special = Archives(shop, new() { ["1"] = (30, 39, "1") });

        var report = await shop.TellAsync(Items(40, 49, "1"));

        Assert.Equal((20, false, (string?)null), (report.New, State(shop).LastGap!.Closed, State(shop).LastGap!.Next));
    }

    [Fact]
    public async Task An_archive_that_tells_how_something_was_changes_nothing_and_one_that_tells_news_of_it_does()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 10));
        var old = Items(30, 45).Replace("Libfoo 45", "Libfoo 45 (first draft)", StringComparison.Ordinal);
        shop.Network.Special = request => request.Address.AbsoluteUri.StartsWith(Archive, StringComparison.Ordinal) ? ScriptedFetcher.Fetched(request, old) : null;

        var report = await shop.TellAsync(Items(40, 49, "1"));

        Assert.Equal((20, 0), (report.New, report.Revised));
        Assert.DoesNotContain("first draft", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_undated_entries_in_an_archive_only_those_before_what_was_known_are_news()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Undated(10, 19));
        shop.Network.Special = request => request.Address.AbsoluteUri.StartsWith(Archive, StringComparison.Ordinal) ? ScriptedFetcher.Fetched(request, Undated(1, 29)) : null;

        var report = await shop.TellAsync(Undated(30, 39, "1"));

        Assert.Equal((20, true), (report.New, State(shop).LastGap!.Closed));
    }

    [Fact]
    public async Task An_archive_without_end_is_given_up_and_one_that_is_not_there_is_not_asked_again()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 10));
        var (asked, page) = (0, 0);
        shop.Network.Special = request => !request.Address.AbsoluteUri.StartsWith(Archive, StringComparison.Ordinal) ? null
            : ++asked > 0 ? ScriptedFetcher.Fetched(request, Items(40, 49, $"{++page}")) : null;
        await shop.TellAsync(Items(40, 49, "0"));
        for (var poll = 0; poll < 5; poll++) await shop.TellAsync(null);
        Assert.Equal((1, (string?)null), (asked, State(shop).LastGap!.Next));

        shop.Network.Special = request => request.Address.AbsoluteUri.StartsWith(Archive, StringComparison.Ordinal) ? new FetchOutcome.Failed(404, "is not there") : null;
        await shop.TellAsync(Items(60, 69, "0"));

        Assert.Equal((false, (string?)null, 2), (State(shop).LastGap!.Closed, State(shop).LastGap!.Next, State(shop).Gaps));
    }

    [Fact]
    public async Task An_archive_on_another_host_is_not_asked()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 10));
        shop.Network.Special = request => request.Address.Host == "inner.example" ? throw new InvalidOperationException("asked") : null;

        await shop.TellAsync(Items(40, 49).Replace("<description>x", "<atom:link rel=\"prev-archive\" href=\"https://inner.example/1\"/><description>x", StringComparison.Ordinal));

        Assert.Null(State(shop).LastGap!.Next);
    }

    [Fact]
    public async Task A_first_poll_an_empty_document_and_a_folder_have_no_gaps()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 10));
        await shop.TellAsync(ScriptedFetcher.Vendor([]));
        await shop.TellAsync(Items(10, 19));

        Assert.Equal(0, State(shop).Gaps);
    }

    private static SourceState State(Workshop shop) => shop.States.Of(shop.Sources[0]);

    private static string Items(int from, int to, string? archive = null) => ScriptedFetcher.Vendor(
        Enumerable.Range(from, to - from + 1).Select(number => ($"{number}", $"Libfoo {number}", (int?)(number <= 10 ? number : 9 + number / 10))),
        head: archive is null ? "" : $"<atom:link rel=\"prev-archive\" href=\"{Archive}{archive}\"/>");

    /// <summary>Newest first.</summary>
    private static string Undated(int from, int to, string? archive = null) => ScriptedFetcher.Vendor(
        Enumerable.Range(from, to - from + 1).Reverse().Select(number => ($"{number}", $"Libfoo {number}", (int?)null)),
        head: archive is null ? "" : $"<atom:link rel=\"prev-archive\" href=\"{Archive}{archive}\"/>");

    private static Func<FetchRequest, FetchOutcome?> Archives(Workshop shop, Dictionary<string, (int From, int To, string? Before)> documents) => request =>
    {
        if (!request.Address.AbsoluteUri.StartsWith(Archive, StringComparison.Ordinal)) return null;
        shop.Network.Asked.Add(new Validators(request.Address.AbsoluteUri, null));
        var (from, to, before) = documents[request.Address.AbsoluteUri[Archive.Length..]];
        return ScriptedFetcher.Fetched(request, Items(from, to, before));
    };
}
