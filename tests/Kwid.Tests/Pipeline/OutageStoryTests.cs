using System.Xml.Linq;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Sources;

namespace Kwid.Tests.Pipeline;

/// <summary>What recipients are told when sources that matter are out of reach, from the polls that fail to the entry in the feed.</summary>
public class OutageStoryTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Theory]
    [InlineData(1, "Quelle 0")]
    [InlineData(4, "Quelle 3")]
    public async Task Six_hours_without_an_answer_are_one_entry_that_is_closed_once_after_an_hour_of_answers_be_it_their_fault_or_our_lines(int hosts, string named)
    {
        await using var shop = await OpenAsync(hosts);
        shop.Network.Failure = new FetchOutcome.Failed(null, "was not reached") { IsUnreached = true };
        await RunAsync(shop, TimeSpan.FromHours(5.5));
        Assert.Empty(Notices(shop));

        await RunAsync(shop, TimeSpan.FromHours(30));
        var open = Assert.Single(Notices(shop));
        Assert.StartsWith("[STÖRUNG]", Title(open), StringComparison.Ordinal);
        Assert.Contains(named, open.Value, StringComparison.Ordinal);
        Assert.Contains("keine Entwarnung", open.Value, StringComparison.Ordinal);
        Assert.Equal(hosts < 3, shop.Sources.Exists(source => shop.States.Of(source).Failures > 0));

        shop.Network.Failure = null;
        await RunAsync(shop, TimeSpan.FromMinutes(50));
        Assert.StartsWith("[STÖRUNG]", Title(Assert.Single(Notices(shop))), StringComparison.Ordinal);
        await RunAsync(shop, TimeSpan.FromHours(2));

        var closed = Assert.Single(Notices(shop));
        Assert.StartsWith("[BEHOBEN]", Title(closed), StringComparison.Ordinal);
        Assert.Equal(Id(open), Id(closed));
    }

    [Fact]
    public async Task A_batch_that_was_held_goes_out_as_one_entry_when_it_is_released()
    {
        await using var shop = await OpenAsync(1);
        IEnumerable<(string, string, int?)> items = [.. Enumerable.Range(1, 60).Select(number => ($"a{number}", $"Libfoo {number}", (int?)9))];
        await shop.TellAsync(ScriptedFetcher.Vendor(items, "https://upstream.example/a/"));
        await shop.TellAsync(ScriptedFetcher.Vendor(items.Select(item => ("b" + item.Item1, item.Item2, item.Item3)), "https://upstream.example/b/"));
        var before = Entries(shop).Count;

        Assert.Equal(60, await shop.Holding.ReleaseAsync(shop.Sources[0], TestContext.Current.CancellationToken));
        await shop.PublishAsync();

        Assert.Equal(before + 1, Entries(shop).Count);
        Assert.Equal("Quelle 0: 60 Hinweise", Title(Entries(shop)[0]));
    }

    private static async Task<Workshop> OpenAsync(int sources)
    {
        var shop = await Workshop.OpenAsync();
        shop.Sources.Clear();
        shop.Sources.AddRange(Enumerable.Range(0, sources).Select(number => Make.Source($"source-{number}", $"https://host-{number}.example/feed") with { Name = $"Quelle {number}" }));
        shop.Network.Body = ScriptedFetcher.Vendor([("1", "Libfoo", 9)]);
        await RunAsync(shop, TimeSpan.FromMinutes(30));
        return shop;
    }

    /// <summary>Polls as planned and publishes every five minutes.</summary>
    private static async Task RunAsync(Workshop shop, TimeSpan time)
    {
        for (var end = shop.Clock.GetUtcNow() + time; shop.Clock.GetUtcNow() < end; shop.Clock.Advance(TimeSpan.FromMinutes(4)))
        {
            foreach (var source in shop.Sources.Where(source => (shop.States.Of(source).NextPoll ?? default) <= shop.Clock.GetUtcNow()))
                await shop.Ingest.RunAsync(source, Workshop.Policy, TestContext.Current.CancellationToken);
            await shop.PublishAsync();
        }
    }

    private static List<XElement> Entries(Workshop shop) => [.. XDocument.Parse(shop.Feed()).Root!.Elements(Atom + "entry")];

    private static List<XElement> Notices(Workshop shop) => Entries(shop).FindAll(entry => Id(entry).Contains("kwid.stoerung", StringComparison.Ordinal));

    private static string Id(XElement entry) => entry.Element(Atom + "id")!.Value;

    private static string Title(XElement entry) => entry.Element(Atom + "title")!.Value;
}
