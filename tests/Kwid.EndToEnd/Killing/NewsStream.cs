using System.Collections.Concurrent;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Killing;

/// <summary>
/// Three upstreams with something new for every poll, which remember what each of their states showed: whoever holds a state's validator must hold its entries.
/// </summary>
internal sealed class NewsStream : IAsyncDisposable
{
    private const int Window = 12;

    /// <summary>So often an item has become critical since, and is news once more.</summary>
    private const int RisesEvery = 5;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(40);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<UpstreamItem>> _states = new(StringComparer.Ordinal);
    private readonly List<UpstreamItem>[] _items = [.. Paths.Select(_ => new List<UpstreamItem>())];
    private DateTimeOffset _date = TimeProvider.System.GetUtcNow().AddHours(-20);
    private Task _flow = Task.CompletedTask;

    private NewsStream(ScriptedUpstream upstream) => Upstream = upstream;

    /// <summary>Serves the items.</summary>
    public ScriptedUpstream Upstream { get; }

    private static IReadOnlyList<string> Paths { get; } = ["/one", "/two", "/three"];

    public static async Task<NewsStream> BeginAsync(CancellationToken cancel)
    {
        var stream = new NewsStream(await ScriptedUpstream.StartAsync(cancel));
        for (var i = 0; i < Paths.Count; i++) stream.Go(i);
        stream._flow = stream.FlowAsync(stream._ended.Token);
        return stream;
    }

    /// <summary>An installation that polls them every second.</summary>
    public KwidFolder Folder()
    {
        var folder = new KwidFolder(Upstream.Address, "00:00:01");
        foreach (var path in Paths) folder.With(path[1..], new Uri(Upstream.Address, path));
        return folder;
    }

    /// <summary>Ends it, and gives all that was shown, each item in its last state.</summary>
    public async Task<IReadOnlyList<UpstreamItem>> EndAsync()
    {
        await _ended.CancelAsync();
        await _flow;
        return [.. _items.SelectMany(items => items)];
    }

    /// <summary>What stood in the state that this validator names.</summary>
    public IReadOnlyList<UpstreamItem> ShownWith(string tag) => _states[tag];

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await Upstream.DisposeAsync();
        _ended.Dispose();
    }

    private async Task FlowAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            for (var i = 0; i < Paths.Count; i++)
                if (Upstream.WasSent(Paths[i])) Go(i);
            await Task.Delay(Glance, TimeProvider.System, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Go(int path)
    {
        var items = _items[path];
        items.Add(new UpstreamItem(_items.Sum(each => each.Count) + 1, _date = _date.AddSeconds(10)));
        if (items.Count % RisesEvery == 0) items[^3] = items[^3] with { Word = "kritisch", Date = _date };
        IReadOnlyList<UpstreamItem> shown = [.. items.TakeLast(Window)];
        _states[Upstream.Show(Paths[path], shown)] = shown;
    }
}
