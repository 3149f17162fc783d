using System.Net;
using System.Net.Sockets;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Serving;

public sealed class StartAndStopTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
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

    [Fact]
    public async Task A_broken_configuration_without_an_earlier_one_does_not_start()
    {
        _folder.Write("{ \"service\": { \"titel\": 1 } }");

        var run = await _folder.RunAsync(Cancel, "serve");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(run.Errors, line => line.StartsWith($"{_folder.Config}:1:", StringComparison.Ordinal) && line.Contains("service.titel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_configuration_starts_with_the_last_good_one_and_says_so()
    {
        await _folder.RunAsync(Cancel, "poll", "--all");
        _folder.Write("{ \"service\": ");

        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        await kwid.WaitForLineAsync("last good one is in effect", Limit, Cancel);
        await kwid.WaitForLineAsync($"{_folder.Config}:1:", Limit, Cancel);
        var feed = await Raw.AskAsync(_client, _folder.Feed("05315000.atom"), Cancel);
        var status = await Raw.AskAsync(_client, new Uri(_folder.Address, "status"), Cancel);

        Assert.Contains("/WID-SEC-2026-0001<", feed.Text, StringComparison.Ordinal);
        Assert.Contains("Konfiguration wurde nicht übernommen", WebUtility.HtmlDecode(status.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_2_and_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, _folder.Address.Port);
        taken.Start();

        var run = await _folder.RunAsync(Cancel, "serve");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(run.Errors, line => line.Contains(_folder.Address.Authority, StringComparison.Ordinal) && line.Contains("--urls", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Errors, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Told_to_end_it_ends_in_ten_seconds_with_0_even_while_a_source_keeps_it_waiting()
    {
        _folder.With("slow", new Uri(_upstream.Address, "/slow")).Write();
        var waited = _upstream.Hang("/slow");
        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        await waited.WaitAsync(Limit, TimeProvider.System, Cancel);

        var run = await kwid.TerminateAsync(TimeSpan.FromSeconds(10), Cancel);

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(run.Errors, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_poll_told_to_end_says_so_and_leaves_the_data_free()
    {
        _folder.With("slow", new Uri(_upstream.Address, "/slow")).Write();
        var waited = _upstream.Hang("/slow");
        await using var poll = _folder.Start("poll", "--all");
        await waited.WaitAsync(Limit, TimeProvider.System, Cancel);

        var run = await poll.TerminateAsync(TimeSpan.FromSeconds(10), Cancel);
        var next = await _folder.RunAsync(Cancel, "poll", "wid");

        Assert.Equal((1, 0), (run.ExitCode, next.ExitCode));
        Assert.Contains("told to end", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demonstration_told_to_end_leaves_nothing_behind()
    {
        var temporary = Directory.CreateDirectory(Path.Combine(_folder.Root, "tmp")).FullName;
        var environment = new Dictionary<string, string> { ["TMPDIR"] = temporary };
        await using var kwid = KwidProcess.Start(["demo", "--urls", _folder.Address.AbsoluteUri.TrimEnd('/')], environment: environment);
        await kwid.WaitForHttpAsync(_client, new Uri(_folder.Address, "readyz"), Limit, Cancel);
        Assert.NotEmpty(Directory.GetDirectories(temporary, "kwid-demo-*"));

        var run = await kwid.TerminateAsync(TimeSpan.FromSeconds(10), Cancel);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(Directory.GetDirectories(temporary, "kwid-demo-*"));
    }
}
