using Kwid.Core.Storage;
using Kwid.EndToEnd.Killing;
using Kwid.LiteDb;
using Kwid.Postgres;

namespace Kwid.EndToEnd.Faults;

/// <summary>A service that polls every second, and all the ways in which it tells how it is.</summary>
internal sealed class WatchedService : IAsyncDisposable
{
    private const string Token = "operator-token-1234";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly HttpClient _client = Raw.CreateClient();
    private readonly StoreCheck _check;

    private readonly string? _postgres;

    private WatchedService(NewsStream stream, string? postgres)
    {
        (Stream, Folder, _postgres) = (stream, stream.Folder(), postgres);
        if (postgres is not null) Folder.OnPostgres(postgres);
        Folder.Settings["service"]!["operatorToken"] = "${file:token}";
        File.WriteAllText(Path.Combine(Folder.Root, "token"), Token);
        Folder.Write();
        (Feed, _check) = (new FeedWatch(_client, Folder.Feed("05315000.atom")), new StoreCheck(stream));
    }

    public NewsStream Stream { get; }

    public KwidFolder Folder { get; }

    public FeedWatch Feed { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="postgres">Where its store is; null: in its data folder, on LiteDB.</param>
    public static async Task<WatchedService> BeginAsync(string? postgres = null) => new(await NewsStream.BeginAsync(Cancel), postgres);

    /// <summary>Starts it and waits until it has published something.</summary>
    public async Task<KwidProcess> ServeAsync()
    {
        var kwid = await Folder.ServeAsync(_client, Cancel);
        await kwid.WaitForLineAsync("EditionLoop[3001]", Limit, Cancel);
        return kwid;
    }

    /// <summary>Starts it where it can't store anything, and waits until it answers.</summary>
    public Task<KwidProcess> ServeReadOnlyAsync() => Folder.ServeAsync(_client, Cancel);

    /// <summary>The page for everybody.</summary>
    public Task<string> StatusAsync() => AskAsync("status");

    /// <summary>The operator's feed.</summary>
    public Task<string> OperatorFeedAsync() => AskAsync("betrieb/feed.atom", ("Authorization", $"Bearer {Token}"));

    /// <summary>Whether a gauge of the service says that all is well.</summary>
    public async Task<bool> IsUpAsync(string gauge)
    {
        var metrics = await AskAsync("metrics");
        Assert.Contains(gauge, metrics, StringComparison.Ordinal);
        return metrics.Split('\n').Any(line => line.StartsWith(gauge, StringComparison.Ordinal) && line.Split(' ') is [_, "1", ..]);
    }

    /// <summary>The feed is served as it was, also to who has it already.</summary>
    public async Task EnsureServedAsync()
    {
        Assert.True(await Feed.TryLookAsync(Cancel));
        var known = await Raw.AskAsync(_client, Folder.Feed("05315000.atom"), Cancel);
        var again = await Raw.AskAsync(_client, Folder.Feed("05315000.atom"), Cancel, null, ("If-None-Match", known["ETag"]!));
        Assert.True((int)again.Status == 304 || again["ETag"] != known["ETag"], $"{(int)again.Status}");
    }

    /// <summary>Lets the news end, and waits until each stands in the feed once and in the store.</summary>
    public async Task EnsureAllArrivesAsync(KwidProcess kwid)
    {
        var items = await Stream.EndAsync();
        await Wait.UntilAsync(
            async () => await Feed.TryLookAsync(Cancel) && items.All(item => Feed.Ids.Any(id => id.Contains($"/{item.Id}", StringComparison.Ordinal))),
            $"every item that the upstreams ever showed stands in the feed; its log:\n{string.Join('\n', kwid.Errors)}",
            Limit,
            Cancel);
        Assert.Equal(0, (await kwid.TerminateAsync(Limit, Cancel)).ExitCode);
        Assert.DoesNotContain(kwid.Errors, line => line.Contains("   at ", StringComparison.Ordinal));
        await using IStore store = _postgres is null ? await LiteDbStore.OpenAsync(Folder.Data, null, Cancel) : await PostgresStore.OpenAsync(_postgres, null, Cancel);
        await _check.RunAsync(store, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        Folder.Dispose();
        _client.Dispose();
    }

    private async Task<string> AskAsync(string path, params IEnumerable<(string, string)> headers)
    {
        var answer = await Raw.AskAsync(_client, new Uri(Folder.Address, path), Cancel, null, headers);
        Assert.Equal(200, (int)answer.Status);
        return System.Net.WebUtility.HtmlDecode(answer.Text);
    }
}
