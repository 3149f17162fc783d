using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.CommandLine;

/// <summary><c>kwid release</c> and <c>kwid discard</c> where nothing waits, without and with a service that runs.</summary>
public sealed class HeldTests : IAsyncLifetime
{
    private readonly HttpClient _client = Raw.CreateClient();
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        _upstream.Show("/rss", new UpstreamItem(1, TimeProvider.System.GetUtcNow().AddHours(-1)));
        _folder = new KwidFolder(_upstream.Address).With("wid", new Uri(_upstream.Address, "/rss")).Write();
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _upstream.DisposeAsync();
        _client.Dispose();
    }

    [Theory]
    [InlineData("release", false)]
    [InlineData("discard", false)]
    [InlineData("release", true)]
    [InlineData("discard", true)]
    public async Task Where_nothing_waits_it_is_1_and_an_unknown_source_is_2_each_with_a_sentence(string verb, bool serves)
    {
        await using var service = serves ? await _folder.ServeAsync(_client, Cancel) : null;

        var nothing = await _folder.RunAsync(Cancel, verb, "wid");
        var unknown = await _folder.RunAsync(Cancel, verb, "nobody");

        Assert.Equal([1, 2], [nothing.ExitCode, unknown.ExitCode]);
        Assert.Contains("Nothing of source 'wid' waits; 'kwid poll wid' tells", string.Join('\n', nothing.Errors), StringComparison.Ordinal);
        Assert.Contains("/betrieb/feed.atom", string.Join('\n', nothing.Errors), StringComparison.Ordinal);
        Assert.Contains("Source 'nobody' is not in", string.Join('\n', unknown.Errors), StringComparison.Ordinal);
    }
}
