using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Faults;

/// <summary>Files of the data folder are damaged while nobody looks: what can be served is served, what is wrong is named with its cure.</summary>
public sealed class DamagedFileTests : IAsyncLifetime
{
    private const int Items = 30;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly HttpClient _client = Raw.CreateClient();
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;
    private string _feed = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Store => Path.Combine(_folder.Data, "kwid.db");

    private string Editions => Path.Combine(_folder.Data, "shelf", "editions.jsonl");

    private string Texts => Path.Combine(_folder.Data, "shelf", "texts.bin");

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        _folder = new KwidFolder(_upstream.Address).With("wid", new Uri(_upstream.Address, "/rss")).Write();
        var date = TimeProvider.System.GetUtcNow().AddHours(-20);
        var items = Enumerable.Range(1, Items).Select(number => new UpstreamItem(number, date.AddMinutes(number), Text: $"Stand {number} in eigenen Worten.")).ToList();
        foreach (var some in (int[])[10, 20, Items])
        {
            _upstream.Show("/rss", items.Take(some));
            Assert.Equal(0, (await _folder.RunAsync(Cancel, "poll", "--all")).ExitCode);
        }

        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        _feed = await FeedAsync();
        Assert.Contains(UpstreamItem.IdOf(Items), _feed, StringComparison.Ordinal);
        await kwid.TerminateAsync(Limit, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _upstream.DisposeAsync();
        _client.Dispose();
    }

    [Theory]
    [InlineData("noise")]
    [InlineData("half")]
    [InlineData("first page")]
    [InlineData("empty")]
    [InlineData("gone")]
    public async Task A_damaged_store_is_named_with_its_cure_and_the_shelf_is_served_as_it_was(string damage)
    {
        Damage(damage);

        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        var line = await kwid.WaitForLineAsync("EditionLoop[3002]", Limit, Cancel);
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, Cancel);

        Assert.Contains(damage is "empty" or "gone" ? "The store is empty, but edition 3" : "kwid.db", line, StringComparison.Ordinal);
        Assert.Contains("Restore the latest backup", line, StringComparison.Ordinal);
        Assert.Equal(_feed, await FeedAsync());
        Assert.Single(kwid.Errors, each => each.Contains("EditionLoop[3002]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("noise")]
    [InlineData("half")]
    public async Task Without_a_shelf_a_damaged_store_ends_the_start_with_5_and_the_cure(string damage)
    {
        Damage(damage);
        Directory.Delete(Path.Combine(_folder.Data, "shelf"), recursive: true);

        var run = await _folder.RunAsync(Cancel, "serve");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains(run.Errors, line => line.Contains("kwid.db", StringComparison.Ordinal) && line.Contains("Restore the latest backup", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Errors, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restored_store_is_taken_without_a_restart()
    {
        var whole = await File.ReadAllBytesAsync(Store, Cancel);
        Damage("half");
        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        await kwid.WaitForLineAsync("EditionLoop[3002]", Limit, Cancel);

        await File.WriteAllBytesAsync(Store + ".restored", whole, Cancel);
        File.Move(Store + ".restored", Store, overwrite: true);
        await kwid.WaitForLineAsync("takes new entries again", Limit, Cancel);

        Assert.Equal(_feed, await FeedAsync());
    }

    [Fact]
    public async Task A_log_of_noise_beside_the_store_is_dropped()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.Data, "kwid-log.db"), Noise(100_000), Cancel);

        var poll = await _folder.RunAsync(Cancel, "poll", "--all");
        await using var kwid = await _folder.ServeAsync(_client, Cancel);

        Assert.True(poll.ExitCode == 0, string.Join('\n', poll.Errors));
        Assert.Equal(_feed, await FeedAsync());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public async Task A_flipped_bit_in_the_shelfs_editions_is_noticed_and_they_come_again_from_the_store(double where)
    {
        Flip(Editions, where);

        await using var kwid = await _folder.ServeAsync(_client, Cancel);

        await Wait.UntilAsync(async () => await FeedAsync() == _feed, "the feed is as it was", Limit, Cancel);
        await kwid.TerminateAsync(Limit, Cancel);
        Assert.Equal(1, File.ReadLines(Editions).Count(line => line.StartsWith("{\"edition\":{\"number\":1,", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_flipped_bit_in_every_text_of_the_shelf_is_noticed_and_mended_from_the_store()
    {
        for (var where = 0.005; where < 1; where += 0.01) Flip(Texts, where);

        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        var first = await FeedAsync();
        await kwid.WaitForLineAsync("is damaged", TimeSpan.FromSeconds(90), Cancel);
        await kwid.WaitForLineAsync("are whole again", Limit, Cancel);
        var mended = await FeedAsync();
        await kwid.TerminateAsync(Limit, Cancel);

        Assert.Contains("kann zurzeit nicht gelesen werden", first, StringComparison.Ordinal);
        Assert.Equal(Entries(_feed), Entries(mended));
        await using var restarted = await _folder.ServeAsync(_client, Cancel);
        Assert.Equal(mended, await FeedAsync());
    }

    [Fact]
    public async Task Damaged_files_that_only_help_are_told_or_made_anew_and_stop_nothing()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_folder.Data, "raw"))) await File.WriteAllBytesAsync(file, Noise(500), Cancel);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Data, "last-good.config.json"), Noise(500), Cancel);

        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        await kwid.WaitForLineAsync("last-good.config.json", Limit, Cancel);
        var replay = await _folder.RunAsync(Cancel, "replay");

        Assert.Contains(replay.Errors.Concat(replay.Output), line => line.Contains("is damaged", StringComparison.Ordinal));
        Assert.Equal(_feed, await FeedAsync());
        Assert.Contains("pruefstand", await File.ReadAllTextAsync(Path.Combine(_folder.Data, "last-good.config.json"), Cancel), StringComparison.Ordinal);
    }

    private void Damage(string how)
    {
        var length = (int)new FileInfo(Store).Length;
        using (var file = File.OpenWrite(Store))
        {
            if (how == "noise") file.Write(Noise(length));
            if (how == "first page") file.Write(Noise(8_192));
            if (how == "half") file.SetLength(length / 2);
            if (how == "empty") file.SetLength(0);
        }

        if (how == "gone") File.Delete(Store);
    }

    private static void Flip(string path, double where)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = (long)(file.Length * where);
        var bits = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(bits ^ 1));
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }

    private static string Entries(string feed) => feed[feed.IndexOf("<entry", StringComparison.Ordinal)..];

    private async Task<string> FeedAsync() => (await Raw.AskAsync(_client, _folder.Feed("05315000.atom"), Cancel)).Text;
}
