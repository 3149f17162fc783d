using System.Text.Json.Nodes;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Serving;

/// <summary>A source that keeps us waiting costs no other source anything.</summary>
public sealed class SlowSourceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_one_host_keeps_silent_another_is_read_again_and_again_and_published()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(Cancel);
        using var folder = new KwidFolder(upstream.Address, "00:00:01");
        folder.Settings["network"]!["allow"]!.AsArray().Add((JsonNode)$"localhost:{upstream.Address.Port}");
        // The same server under another name: turns are per host name.
        folder.With("slow", new Uri($"http://localhost:{upstream.Address.Port}/slow")).With("quick", new Uri(upstream.Address, "/quick")).Write();
        var date = TimeProvider.System.GetUtcNow().AddHours(-2);
        upstream.Show("/quick", new UpstreamItem(1, date));
        var waited = upstream.Hang("/slow");
        using var client = new HttpClient();
        await using var kwid = await folder.ServeAsync(client, Cancel);
        await waited.WaitAsync(Limit, TimeProvider.System, Cancel);

        // Far less than the 30 seconds that a fetch may take, several times over.
        for (var number = 2; number < 5; number++)
        {
            upstream.Show("/quick", Enumerable.Range(1, number).Select(each => new UpstreamItem(each, date.AddMinutes(each))));
            var wanted = UpstreamItem.IdOf(number);
            await Wait.UntilAsync(
                async () => (await client.GetStringAsync(new Uri(folder.Address, "feeds/05315000.atom"), Cancel)).Contains(wanted, StringComparison.Ordinal),
                $"{wanted} in the feed", Limit, Cancel);
        }

        Assert.DoesNotContain(upstream.Requests, asked => asked.Path == "/slow");
    }
}
