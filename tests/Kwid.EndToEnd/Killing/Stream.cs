using System.Collections.Concurrent;
using Kwid.Core.Model;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Killing;

/// <summary>
/// Three upstreams that bring something new all the time, and remember which state showed what: whoever holds a state's validator must hold its entries.
/// </summary>
internal sealed class Stream : IAsyncDisposable
{
    private const int Shown = 12;

    /// <summary>Every fifth item becomes critical later, and rings once more.</summary>
    private const int Rising = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);
    private readonly ScriptedUpstream _upstream;
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<UpstreamItem>> _states = new(StringComparer.Ordinal);
    private readonly List<UpstreamItem>[] _items = [.. Paths.Select(_ => new List<UpstreamItem>())];
    private DateTimeOffset _date = TimeProvider.System.GetUtcNow().AddHours(-20);
    private int _count;
    private Task _flow = Task.CompletedTask;

    private Stream(ScriptedUpstream upstream) => _upstream = upstream;

    /// <summary>What the upstreams are asked for; the source of <c>/one</c> is <c>one</c>.</summary>
    public static IReadOnlyList<string> Paths { get; } = ["/one", "/two", "/three"];

    public ScriptedUpstream Upstream => _upstream;

    public static async Task<Stream> BeginAsync(CancellationToken cancel)
    {
        var stream = new Stream(await ScriptedUpstream.StartAsync(cancel));
        for (var i = 0; i < Paths.Count; i++) stream.Go(i);
        return stream;
    }

    /// <summary>An installation that polls them every second.</summary>
    public KwidFolder Folder()
    {
        var folder = new KwidFolder(_upstream.Address, "00:00:01");
        foreach (var path in Paths) folder.With(path[1..], new Uri(_upstream.Address, path));
        return folder;
    }

    /// <summary>Goes on until <see cref="PauseAsync"/>.</summary>
    public void Flow() => _flow = FlowAsync(_ended.Token);

    /// <summary>All that was shown so far, each item in its last state.</summary>
    public async Task<IReadOnlyList<UpstreamItem>> PauseAsync()
    {
        await _ended.CancelAsync();
        await _flow;
        return [.. _items.SelectMany(items => items)];
    }

    /// <summary>What stood in the state that this validator names.</summary>
    public IReadOnlyList<UpstreamItem> ShownWith(string tag) => _states[tag];

    public async ValueTask DisposeAsync()
    {
        await PauseAsync();
        await _upstream.DisposeAsync();
        _ended.Dispose();
    }

    private async Task FlowAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            Go(_count % Paths.Count);
            await Task.Delay(Pause, TimeProvider.System, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One more item, and an older one that rises.</summary>
    private void Go(int path)
    {
        var items = _items[path];
        items.Add(new UpstreamItem(++_count, _date = _date.AddSeconds(30)));
        if (items.Count % Rising == 0) items[^3] = items[^3] with { Word = "kritisch", Date = _date };
        IReadOnlyList<UpstreamItem> shown = [.. items.TakeLast(Shown)];
        _states[_upstream.Show(Paths[path], shown)] = shown;
    }
}
