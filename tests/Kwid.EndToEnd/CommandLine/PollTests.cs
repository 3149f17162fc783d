using System.Text.Json;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.CommandLine;

/// <summary><c>kwid poll</c> where no service runs.</summary>
public sealed class PollTests : IAsyncLifetime
{
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        _upstream.Show("/rss", new UpstreamItem(1, TimeProvider.System.GetUtcNow().AddHours(-1)));
        _folder = new KwidFolder(_upstream.Address).With("wid", new Uri(_upstream.Address, "/rss"));
        _folder.Write();
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task It_polls_and_publishes_itself_and_remembers_the_validators()
    {
        var first = await _folder.RunAsync(Cancel, "poll", "--all", "--json");
        var second = await _folder.RunAsync(Cancel, "poll", "--all", "--json");
        var export = await _folder.RunAsync(Cancel, "export", Path.Combine(_folder.Root, "out"));

        Assert.Equal([0, 0, 0], [first.ExitCode, second.ExitCode, export.ExitCode]);
        Assert.Equal(["read", "unchanged"], [OutcomeOf(first), OutcomeOf(second)]);
        Assert.Equal([200, 304], _upstream.Requests.Select(asked => asked.Status));
        Assert.Contains("/WID-SEC-2026-0001<", await File.ReadAllTextAsync(Path.Combine(_folder.Root, "out", "feeds", "05315000.atom"), Cancel), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Data, "kwid.sock")));
    }

    [Fact]
    public async Task Where_one_of_two_sources_fails_it_is_3_and_the_other_is_published()
    {
        _upstream.Show("/page", 200, "text/html", "<!DOCTYPE html><html><head><title>Umgezogen</title></head><body>Hier ist kein Feed.</body></html>");
        _folder.With("page", new Uri(_upstream.Address, "/page")).Write();

        var run = await _folder.RunAsync(Cancel, "poll", "--all");
        await _folder.RunAsync(Cancel, "export", Path.Combine(_folder.Root, "out"));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(run.Output, line => line.StartsWith("page: FAILED;", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.StartsWith("wid: read, 1 new", StringComparison.Ordinal));
        Assert.Contains("/WID-SEC-2026-0001<", await File.ReadAllTextAsync(Path.Combine(_folder.Root, "out", "feeds", "05315000.atom"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_polled_is_2_and_a_sentence()
    {
        var unknown = await _folder.RunAsync(Cancel, "poll", "nobody");
        var nothing = await _folder.RunAsync(Cancel, "poll");
        var nonsense = await _folder.RunAsync(Cancel, "poll", "--al");

        Assert.Equal([2, 2, 2], [unknown.ExitCode, nothing.ExitCode, nonsense.ExitCode]);
        Assert.Contains("Source 'nobody' is not in", string.Join('\n', unknown.Errors), StringComparison.Ordinal);
        Assert.Contains("--all", string.Join('\n', nothing.Errors), StringComparison.Ordinal);
        Assert.All([unknown, nothing, nonsense], run => Assert.DoesNotContain(run.Errors, line => line.Contains("   at ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_clock_before_the_last_edition_is_1_and_a_later_one_runs_on()
    {
        await _folder.RunAsync(Cancel, "poll", "--all", "--now", "2031-03-02T12:00:00Z");

        var early = await _folder.RunAsync(Cancel, "poll", "--all", "--now", "2031-03-02T11:00:00Z");
        var late = await _folder.RunAsync(Cancel, "poll", "--all", "--now", "2031-03-02T13:00:00Z");
        var wrong = await _folder.RunAsync(Cancel, "poll", "--all", "--now", "soon");

        Assert.Equal([1, 0, 2], [early.ExitCode, late.ExitCode, wrong.ExitCode]);
        Assert.Contains("2031-03-02T11:00:00Z", string.Join('\n', early.Errors), StringComparison.Ordinal);
        Assert.Contains("'soon'", string.Join('\n', wrong.Errors), StringComparison.Ordinal);
    }

    private static string? OutcomeOf(ProgramRun run)
    {
        using var json = JsonDocument.Parse(run.Text);
        return json.RootElement.GetProperty("sources")[0].GetProperty("outcome").GetString();
    }
}
