using System.Text.RegularExpressions;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Readers;

/// <summary>Readers follow a service over everything that happens to it: each new entry rings once in each, whatever is restarted or killed.</summary>
public sealed partial class AlarmTests : IAsyncLifetime
{
    private const string Path = "/rss";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly HttpClient _client = Raw.CreateClient();
    private readonly Dictionary<int, UpstreamItem> _items = [];
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;
    private KwidProcess _kwid = null!;
    private Household _readers = null!;
    private DateTimeOffset _date;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _date = TimeProvider.System.GetUtcNow().AddHours(-2);
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        _folder = new KwidFolder(_upstream.Address, interval: "00:00:01").With("wid", new Uri(_upstream.Address, Path)).Write();
        _readers = new Household(_folder.Feed("05315000.atom"), _folder.Feed("05314000.rss"), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (_kwid is not null) await _kwid.DisposeAsync();
        _readers.Dispose();
        _folder.Dispose();
        await _upstream.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Every_new_entry_rings_once_in_every_reader_over_a_restart_and_two_kills()
    {
        _readers.ExpectHistory(Show(Enumerable.Range(1, 5).Select(number => New(number))));
        _kwid = await _folder.ServeAsync(_client, Cancel);
        await Wait.UntilAsync(() => ShowsAsync(5), "the history is shown", Limit, Cancel);
        await FollowAsync();

        // New ones; a silent change; a higher severity; the very same state once more.
        _readers.Expect(Show(New(6), New(7)));
        await FollowAsync(7);
        Show(_items[6] with { Text = "Zweiter Stand, nichts Wesentliches.", Date = Later() });
        await FollowAsync();
        _readers.Expect(Show(_items[2] with { Word = "kritisch", Date = Later() }));
        await FollowAsync();
        Show();
        await FollowAsync();

        var restarted = await _kwid.TerminateAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.Equal(0, restarted.ExitCode);
        _readers.Expect(Show(New(8), _items[3] with { Word = "kritisch", Date = Later() }));
        await StartAgainAsync();
        await FollowAsync(8);

        // Killed in peace, while the upstream goes on.
        await _kwid.KillAsync(Cancel);
        _readers.Expect(Show(New(9)));
        Show(_items[7] with { Text = "Still geändert.", Date = Later() });
        await StartAgainAsync();
        await FollowAsync(9);

        // Killed with the answer in its hands.
        var taken = _upstream.NextBody;
        _readers.Expect(Show(New(10), _items[4] with { Word = "kritisch", Date = Later() }));
        await taken.WaitAsync(Limit, TimeProvider.System, Cancel);
        await _kwid.KillAsync(Cancel);
        await StartAgainAsync();
        await FollowAsync(10);
        _readers.Expect(Show(New(11)));
        await FollowAsync(11);

        _readers.AssertAllRangOnce();
    }

    [Fact]
    public async Task A_burst_rings_once_in_every_reader_what_is_critical_besides_also_over_a_kill()
    {
        _readers.ExpectHistory(Show(New(1)));
        _kwid = await _folder.ServeAsync(_client, Cancel);
        await Wait.UntilAsync(() => ShowsAsync(1), "the history is shown", Limit, Cancel);
        await FollowAsync();

        var taken = _upstream.NextBody;
        Show([.. Enumerable.Range(2, 30).Select(New), New(90) with { Word = "kritisch" }]);
        _readers.Expect(_items[90]);
        await taken.WaitAsync(Limit, TimeProvider.System, Cancel);
        await _kwid.KillAsync(Cancel);
        await StartAgainAsync();
        await FollowAsync(90);
        _readers.Expect(DigestPattern().Match((await Raw.AskAsync(_client, _folder.Feed("05315000.atom"), Cancel)).Text).Value);

        // A member that becomes critical rings at once under its own name, a silent change does not.
        _readers.Expect(Show(_items[5] with { Word = "kritisch", Date = Later() }));
        Show(_items[6] with { Text = "Still geändert.", Date = Later() });
        await FollowAsync();
        await Wait.UntilAsync(async () => (await Raw.AskAsync(_client, _folder.Feed("05315000.atom"), Cancel)).Text.Contains($"/{UpstreamItem.IdOf(5)}/r2<", StringComparison.Ordinal), "the change is shown", Limit, Cancel);
        await _readers.PollAsync(Cancel);

        _readers.AssertAllRangOnce();
    }

    [GeneratedRegex(@"kwid\.sammel\.wid\.[0-9]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DigestPattern();

    /// <summary>The first answers after a start must not harm readers either.</summary>
    private async Task StartAgainAsync()
    {
        _kwid = _folder.Start("serve");
        await _kwid.WaitForHttpAsync(_client, new Uri(_folder.Address, "healthz"), Limit, Cancel);
        await _readers.PollAsync(Cancel);
    }

    /// <summary>Readers look again and again until the upstream's state is taken in, and once more.</summary>
    private async Task FollowAsync(int? newest = null)
    {
        await Wait.UntilAsync(
            async () =>
            {
                await _readers.PollAsync(Cancel);
                return _upstream.IsKnown(Path) && (newest is not { } number || await ShowsAsync(number));
            },
            $"the state of the upstream is taken in, {newest} is shown",
            Limit,
            Cancel);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancel); // publication follows the poll
        await _readers.PollAsync(Cancel);
    }

    private async Task<bool> ShowsAsync(int number) =>
        (await Raw.AskAsync(_client, _folder.Feed("05315000.atom"), Cancel)).Text.Contains($"/{UpstreamItem.IdOf(number)}<", StringComparison.Ordinal);

    private UpstreamItem New(int number) => new(number, Later());

    private DateTimeOffset Later() => _date = _date.AddMinutes(1);

    private List<UpstreamItem> Show(params IEnumerable<UpstreamItem> items)
    {
        var list = items.ToList();
        foreach (var item in list) _items[item.Number] = item;
        _upstream.Show(Path, _items.Values);
        return list;
    }
}
