using System.Net;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Care;

/// <summary>The running service forgets what is kept no longer; what feeds show stays.</summary>
public sealed class RetentionTests
{
    private const int Items = 1100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset Then = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Years_later_old_texts_go_with_their_archive_document_and_the_feed_stays()
    {
        using var client = Raw.CreateClient();
        await using var upstream = await ScriptedUpstream.StartAsync(Cancel);
        upstream.Show("/rss", Enumerable.Range(1, Items).Select(number => new UpstreamItem(number, Then.AddMinutes(number - Items))));
        using var folder = new KwidFolder(upstream.Address).With("wid", new Uri(upstream.Address, "/rss")).Write();
        string before;
        await using (var kwid = folder.Start("serve", "--now", "2026-03-01T12:00:00Z"))
        {
            await kwid.WaitForHttpAsync(client, folder.Feed("05315000/archive/1.atom"), Limit, cancel: Cancel);
            before = Entries((await Raw.AskAsync(client, folder.Feed("05315000.atom"), Cancel)).Text);
            Assert.Equal(0, (await kwid.TerminateAsync(Limit, Cancel)).ExitCode);
        }

        await using var later = folder.Start("serve", "--now", "2028-06-01T12:00:00Z");
        await later.WaitForLineAsync("RetentionLoop[3020]", Limit, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, (await Raw.AskAsync(client, folder.Feed("05315000/archive/1.atom"), Cancel)).Status);
        Assert.Equal(before, Entries((await Raw.AskAsync(client, folder.Feed("05315000.atom"), Cancel)).Text));
        Assert.Contains("text deleted by retention", (await folder.RunAsync(Cancel, "explain", UpstreamItem.IdOf(1))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("text deleted by retention", (await folder.RunAsync(Cancel, "explain", UpstreamItem.IdOf(Items))).Text, StringComparison.Ordinal);
    }

    /// <summary>All but the frame, which follows the archive.</summary>
    private static string Entries(string feed) => feed[feed.IndexOf("<entry", StringComparison.Ordinal)..];
}
