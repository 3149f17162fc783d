namespace Kwid.Tests.Pipeline;

public class ClockWatchTests
{
    [Fact]
    public async Task A_clock_that_three_servers_contradict_stops_publishing_and_says_so_until_they_agree()
    {
        await using var shop = await Workshop.OpenAsync();
        foreach (var host in (string[])["a.example", "b.example", "c.example"]) shop.Watch.Note(host, shop.Clock.GetUtcNow().AddHours(1));

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        Assert.Null(shop.Shelf.Last);
        Assert.Contains("clock", shop.Publish.Fault, StringComparison.Ordinal);

        foreach (var host in (string[])["a.example", "b.example"]) shop.Watch.Note(host, shop.Clock.GetUtcNow());
        Assert.NotNull(await shop.PublishAsync());
        Assert.Contains("WID-SEC-2026-0001", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_server_with_a_wrong_clock_stops_nothing()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Watch.Note("a.example", shop.Clock.GetUtcNow().AddYears(1));

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        Assert.NotNull(shop.Shelf.Last);
    }
}
