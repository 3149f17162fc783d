using System.Text.Json;

namespace Kwid.EndToEnd.Serving;

/// <summary>Verbs beside a service that holds the data.</summary>
public class HeldDataTests(ServingFixture service) : IClassFixture<ServingFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_service_on_the_same_data_ends_with_4_and_says_whose_they_are()
    {
        var second = await service.Folder.RunAsync(Cancel, "serve");

        Assert.Equal(4, second.ExitCode);
        Assert.Contains(second.Errors, line => line.Contains($"'{service.Folder.Data}' is in use by another process", StringComparison.Ordinal) && line.Contains("--data", StringComparison.Ordinal));
        Assert.Empty(second.Output);
        Assert.False(service.Kwid.HasExited);
    }

    [Fact]
    public async Task Poll_goes_through_the_socket_the_whole_way_and_prints_the_agreed_json()
    {
        var item = service.New();
        service.Upstream.Show("/good", item);

        var run = await service.Folder.RunAsync(Cancel, "poll", "--all", "--json");
        var feed = await service.AskAsync("feeds/05315000.atom");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"/{item.Id}<", feed.Text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Text);
        var sources = json.RootElement.GetProperty("sources").EnumerateArray().ToDictionary(source => source.GetProperty("id").GetString()!);
        Assert.Equal(["fragile", "good"], sources.Keys.Order(StringComparer.Ordinal));
        string[] agreed = ["id", "outcome", "httpStatus", "new", "revised", "rejected", "error", "nextPoll"];
        Assert.All(sources.Values, source => Assert.Empty(agreed.Except(source.EnumerateObject().Select(property => property.Name))));
        Assert.Equal((200, 1), (sources["good"].GetProperty("httpStatus").GetInt32(), sources["good"].GetProperty("new").GetInt32()));
        Assert.True(sources["good"].GetProperty("nextPoll").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public void The_socket_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        if (OperatingSystem.IsWindows()) return; // tells the compiler, which does not know of skipping

        var mode = File.GetUnixFileMode(Path.Combine(service.Folder.Data, "kwid.sock"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public async Task An_unchanged_source_counts_as_answered()
    {
        await service.Folder.RunAsync(Cancel, "poll", "good");

        var run = await service.Folder.RunAsync(Cancel, "poll", "good", "--json");

        using var json = JsonDocument.Parse(run.Text);
        var source = Assert.Single(json.RootElement.GetProperty("sources").EnumerateArray());
        Assert.Equal((0, "unchanged", 304), (run.ExitCode, source.GetProperty("outcome").GetString(), source.GetProperty("httpStatus").GetInt32()));
    }

    [Fact]
    public async Task A_source_that_fails_is_3_and_its_entries_stay()
    {
        var before = await service.AskAsync("feeds/05315000.atom");
        service.Upstream.Show("/fragile", 500, "text/plain", "kaputt");
        try
        {
            var run = await service.Folder.RunAsync(Cancel, "poll", "fragile", "--json");
            var after = await service.AskAsync("feeds/05315000.atom");
            var status = await service.AskAsync("status");

            using var json = JsonDocument.Parse(run.Text);
            var source = Assert.Single(json.RootElement.GetProperty("sources").EnumerateArray());
            Assert.Equal((3, "failed"), (run.ExitCode, source.GetProperty("outcome").GetString()));
            Assert.Contains("500", source.GetProperty("error").GetString(), StringComparison.Ordinal);
            Assert.Superset(IdsOf(before.Text), IdsOf(after.Text));
            Assert.Contains("antwortet mit Fehler 500", System.Net.WebUtility.HtmlDecode(status.Text), StringComparison.Ordinal);
            Assert.DoesNotContain(service.Upstream.Address.Authority, status.Text, StringComparison.Ordinal);
        }
        finally
        {
            service.Upstream.Show("/fragile", service.New());
        }
    }

    /// <summary>Other sources of the service may add entries meanwhile.</summary>
    private static HashSet<string> IdsOf(string feed) => [.. feed.Split("<id>").Skip(2).Select(rest => rest[..rest.IndexOf('<', StringComparison.Ordinal)])];

    [Theory]
    [InlineData("nobody", "'nobody'")]
    [InlineData("off", "disabled")]
    public async Task A_source_that_is_not_polled_is_2_and_named(string source, string said)
    {
        var run = await service.Folder.RunAsync(Cancel, "poll", source);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, string.Join('\n', run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_service_does_not_let_its_clock_be_set()
    {
        var run = await service.Folder.RunAsync(Cancel, "poll", "good", "--now", "2031-01-01T00:00:00Z");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--now", string.Join('\n', run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exported_files_are_what_is_served()
    {
        var target = Path.Combine(service.Folder.Root, "export");

        var run = await service.Folder.RunAsync(Cancel, "export", target);

        Assert.Equal(0, run.ExitCode);
        foreach (var file in new[] { "05315000.atom", "05314000.rss", "alle.atom", "alle.rss" })
            Assert.Equal((await service.AskAsync($"feeds/{file}")).Body, await File.ReadAllBytesAsync(Path.Combine(target, "feeds", file), Cancel));
    }

    [Fact]
    public async Task A_holder_that_does_not_answer_is_4()
    {
        using var folder = new KwidFolder(service.Upstream.Address).With("good", new Uri(service.Upstream.Address, "/good")).Write();
        Directory.CreateDirectory(folder.Data);
        await using var held = new FileStream(Path.Combine(folder.Data, "kwid.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var run = await folder.RunAsync(Cancel, "poll", "--all");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("does not answer", string.Join('\n', run.Errors), StringComparison.Ordinal);
    }
}
