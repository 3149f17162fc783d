using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Storage;

namespace Kwid.Tests.Pipeline;

public class ReplayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_poll_brought_reads_the_same_again()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2)));

        var report = await ReplayAsync(shop);

        Assert.True(report!.IsSame && report.IsReadable);
        Assert.Equal(2, Assert.Single(report.Bodies).Entries);
    }

    [Fact]
    public async Task Without_a_kept_body_there_is_nothing_to_say()
    {
        await using var shop = await Workshop.OpenAsync();

        Assert.Null(await ReplayAsync(shop));
    }

    [Fact]
    public async Task What_reads_otherwise_today_is_shown_field_by_field_and_commits_nothing()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        Mend(shop, ScriptedFetcher.Wid((1, "kritisch", 1), (2, "mittel", 2)));

        var report = await ReplayAsync(shop);
        var again = await ReplayAsync(shop);

        Assert.Contains(new Change("severity", "severity-up", "hoch", "kritisch"), Assert.Single(report!.Changed).Changes);
        Assert.Contains("Libfoo 2", Assert.Single(report.Unknown).Title, StringComparison.Ordinal);
        Assert.Null(report.New);
        Assert.Single(again!.Changed);
        Assert.DoesNotContain("Libfoo 2", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_longer_read_is_named()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2)));
        var told = shop.Archive.Find(shop.Sources[0])[0].Told!;
        Mend(shop, ScriptedFetcher.Wid((1, "hoch", 1)), told);

        var report = await ReplayAsync(shop);

        Assert.Contains("Libfoo 2", Assert.Single(report!.Gone).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taken_in_the_differences_go_the_ordinary_way_and_are_none_afterwards()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (3, "hoch", 1)));
        var before = shop.States.Of(shop.Sources[0]);
        Mend(shop, ScriptedFetcher.Wid((1, "kritisch", 1), (2, "mittel", 2)), shop.Archive.Find(shop.Sources[0])[0].Told!);

        var report = await ReplayAsync(shop, commit: true);
        await shop.PublishAsync();
        var after = await ReplayAsync(shop);

        Assert.Equal((1, 1, 0), (report!.New, report.Revised, report.Held));
        Assert.Contains("Libfoo 2", shop.Feed(), StringComparison.Ordinal);
        Assert.Equal((before.Validators, before.NextPoll, before.LastPoll), (shop.States.Of(shop.Sources[0]).Validators, shop.States.Of(shop.Sources[0]).NextPoll, shop.States.Of(shop.Sources[0]).LastPoll));
        Assert.True(after!.IsSame);
    }

    [Fact]
    public async Task A_commit_says_how_many_entries_wait_after_it()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Vendor(Enumerable.Range(1, 60).Select(number => ($"{number}", $"Libfoo {number}", (int?)1))));
        Mend(shop, ScriptedFetcher.Vendor(Enumerable.Range(1, 60).Select(number => ($"new-{number}", $"Libfoo {number}", (int?)1)), link: "https://upstream.example/new/"));

        var shown = await ReplayAsync(shop);
        var committed = await ReplayAsync(shop, commit: true);

        Assert.Null(shown!.Held);
        Assert.Equal((60, 60), (committed!.New, committed.Held));
    }

    [Fact]
    public async Task A_body_that_could_not_be_read_is_kept_and_read_again()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        await shop.TellAsync("<!DOCTYPE html><html><head><title>Wartung</title></head><body>Wartung</body></html>");

        var report = await ReplayAsync(shop);

        Assert.False(report!.IsReadable);
        Assert.True(report.IsSame);
        Assert.Equal(2, report.Bodies.Count);
        Assert.Contains("HTML", report.Bodies[0].Unreadable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_can_be_read_by_now_takes_the_older_ones_place_and_came_when_it_came()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var kept = shop.Archive.Find(shop.Sources[0])[0];
        shop.Clock.Advance(TimeSpan.FromHours(1));
        var came = shop.Clock.GetUtcNow();
        shop.Archive.Keep(shop.Sources[0], kept.Document with { Body = System.Text.Encoding.UTF8.GetBytes(ScriptedFetcher.Wid((1, "kritisch", 2))) }, null);
        shop.Clock.Advance(TimeSpan.FromDays(2));

        await ReplayAsync(shop, commit: true);
        await shop.PublishAsync();
        var again = await ReplayAsync(shop, commit: true);
        await shop.PublishAsync();

        Assert.Equal((0, 0), (again!.New, again.Revised));
        var body = Assert.Single(shop.Archive.Find(shop.Sources[0]));
        Assert.Equal((came, came, 1), (body.Seen, body.LastSeen, body.Told!.Count));
        Assert.StartsWith("[HOCH → KRITISCH] Libfoo 1", System.Xml.Linq.XDocument.Parse(shop.Feed()).Root!.Elements().First(each => each.Name.LocalName == "entry").Elements().Single(each => each.Name.LocalName == "title").Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_body_that_still_cannot_be_read_stays_beside_the_one_that_can()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        await shop.TellAsync("<!DOCTYPE html><html><head><title>Wartung</title></head><body>Wartung</body></html>");
        var before = shop.Archive.Find(shop.Sources[0]).Select(body => (body.Seen, body.LastSeen)).ToList();
        shop.Clock.Advance(TimeSpan.FromDays(2));

        await ReplayAsync(shop, commit: true);

        Assert.Equal(before, shop.Archive.Find(shop.Sources[0]).Select(body => (body.Seen, body.LastSeen)));
        Assert.Equal(2, before.Count);
    }

    [Fact]
    public async Task A_text_that_differs_late_is_shown_from_where_it_does()
    {
        await using var shop = await Workshop.OpenAsync();
        var start = string.Concat(Enumerable.Repeat("Ein Angreifer kann etwas tun. ", 40));
        await shop.TellAsync(Text(start + "Alt."));
        Mend(shop, Text(start + "Neu."));

        var change = Assert.Single(Assert.Single((await ReplayAsync(shop))!.Changed).Changes);

        Assert.Equal("text", change.Field);
        Assert.EndsWith("Alt.</p>", change.Before, StringComparison.Ordinal);
        Assert.EndsWith("Neu.</p>", change.After, StringComparison.Ordinal);
        Assert.True(change.Before!.Length < 200);
    }

    [Fact]
    public async Task A_date_that_stands_without_an_id_differs_though_no_poll_takes_note_of_it()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Text("Text.", day: 1));
        Mend(shop, Text("Text.", day: 2));

        var report = await ReplayAsync(shop);

        Assert.Empty(report!.Changed);
        Assert.Equal("updated", Assert.Single(Assert.Single(report.Unheeded).Changes).Field);
    }

    [Fact]
    public async Task A_dry_run_keeps_no_body()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Network.Body = ScriptedFetcher.Wid((1, "hoch", 1));

        await shop.Ingest.RunAsync(shop.Sources[0], Workshop.Policy, dryRun: true, Cancel);

        Assert.Null(await ReplayAsync(shop));
    }

    [Fact]
    public async Task A_secret_address_is_not_kept()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Sources[0] = Make.Source(url: "https://upstream.example/feed?token=geheim") with { IsAddressConfidential = true };

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        Assert.Equal("https://upstream.example/", Assert.Single(shop.Archive.Find(shop.Sources[0])).Document.Address.AbsoluteUri);
        Assert.True((await ReplayAsync(shop))!.IsSame);
    }

    [Fact]
    public async Task Items_of_a_page_that_were_told_before_are_compared_by_what_the_list_says_of_them()
    {
        await using var shop = await PageAsync();
        await shop.TellAsync(List(1));
        await shop.TellAsync(List(2, 1));

        var same = await ReplayAsync(shop);
        var body = Assert.Single(shop.Archive.Find(shop.Sources[0]));
        shop.Archive.Keep(shop.Sources[0], body.Document with { Body = System.Text.Encoding.UTF8.GetBytes(List(2, 1).Replace("Advisory 1", "Hinweis 1", StringComparison.Ordinal)) }, []);
        var other = await ReplayAsync(shop);
        var committed = await ReplayAsync(shop, commit: true);

        Assert.True(same!.IsSame);
        Assert.Equal(2, same.Bodies[0].Entries);
        Assert.Equal([new Change("title", "title", "Advisory 1", "Hinweis 1")], Assert.Single(other!.Changed).Changes);
        Assert.Equal((0, 1), (committed!.New, committed.Revised));
        Assert.Contains("Text of 1", (await LastAsync(shop, "Hinweis 1")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_two_files_of_a_folder_tell_one_advisory_the_newer_speaks()
    {
        await using var shop = await Workshop.OpenAsync();
        var inbox = Directory.CreateTempSubdirectory("kwid-inbox-").FullName;
        try
        {
            shop.Sources[0] = Make.Source(url: "file://" + inbox + "/");
            File.WriteAllText(Path.Combine(inbox, "a.xml"), ScriptedFetcher.Wid((1, "mittel", 1)));
            await shop.TellAsync(null);
            File.WriteAllText(Path.Combine(inbox, "b.xml"), ScriptedFetcher.Wid((1, "hoch", 2)));
            await shop.TellAsync(null);

            var report = await ReplayAsync(shop);

            Assert.Equal(2, report!.Bodies.Count);
            Assert.True(report.IsSame);
        }
        finally
        {
            Directory.Delete(inbox, recursive: true);
        }
    }

    private static Task<ReplayReport?> ReplayAsync(Workshop shop, bool commit = false) =>
        shop.Replay.RunAsync(shop.Sources[0], Workshop.Policy, commit, Cancel);

    /// <summary>As if a mended parser read the body so: the body is exchanged.</summary>
    private static void Mend(Workshop shop, string body, IReadOnlyList<KeptItem>? told = null)
    {
        var kept = shop.Archive.Find(shop.Sources[0])[0];
        shop.Archive.Keep(shop.Sources[0], kept.Document with { Body = System.Text.Encoding.UTF8.GetBytes(body) }, [.. (told ?? []).Select(item => Make.Entry(guid: item.Guid, title: item.Title))]);
    }

    private static async Task<Entry> LastAsync(Workshop shop, string title)
    {
        var advisories = (await shop.Store.LoadAsync(Cancel)).Advisories;
        foreach (var advisory in advisories)
            if ((await shop.Store.FindRevisionAsync(new RevisionKey(advisory.Id, advisory.LastRevision), Cancel))!.Entry is { } entry && entry.Title == title) return entry;
        throw new InvalidOperationException($"no advisory says '{title}'");
    }

    private static string Text(string text, int day = 1) =>
        $"<rss version=\"2.0\"><channel><title>x</title><link>https://upstream.example/</link><item><title>Libfoo</title><link>https://upstream.example/1</link><guid>https://upstream.example/1</guid><description>&lt;p&gt;{text}&lt;/p&gt;</description><pubDate>{new DateTimeOffset(2026, 3, day, 8, 0, 0, TimeSpan.Zero):R}</pubDate></item></channel></rss>";

    private static async Task<Workshop> PageAsync()
    {
        var shop = await Workshop.OpenAsync();
        shop.Sources[0] = Make.Source(url: "https://upstream.example/list") with { Kind = SourceKind.Page, Page = new PageSelectors { Item = "li a", Detail = "main" } };
        for (var i = 1; i <= 2; i++) shop.Network.Pages[$"https://upstream.example/a/{i}"] = $"<html><body><main><p>Text of {i}</p></main></body></html>";
        return shop;
    }

    private static string List(params int[] items) =>
        $"<html><body><ul>{string.Concat(items.Select(i => $"<li><a href=\"/a/{i}\">Advisory {i}</a></li>"))}</ul></body></html>";
}
