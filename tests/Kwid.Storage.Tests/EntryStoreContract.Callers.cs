using System.Diagnostics;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Storage.Tests;

public abstract partial class EntryStoreContract
{
    [Fact]
    public async Task Sixteen_callers_commit_publish_and_read_at_once_and_nothing_is_lost()
    {
        await using var store = await ReopenedAfterAsync(store => Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(() => CallAsync(store, caller), Cancel))));

        var contents = await store.LoadAsync(Cancel);

        Assert.Equal(16 * 5, contents.Advisories.Count);
        Assert.All(contents.Advisories, advisory => Assert.Equal(2, advisory.LastRevision));
        Assert.Equal(16 * 5, contents.Keys.Count);
        Assert.Equal(16, contents.Sources.Count);
        Assert.Equal(16 * 5 * 2, (await store.ReadPendingAsync(Cancel)).Count);
    }

    [Fact]
    public async Task Of_writes_that_wait_together_each_caller_is_told_what_became_of_his()
    {
        await using var store = await OpenAsync(Folder);

        // What is refused must not take its neighbours with it, nor be let through by them; what one writes the next one builds on.
        var (writes, number) = (new List<Task>(), 0);
        for (var i = 0; i < 30; i++)
        {
            writes.Add((i % 10) switch
            {
                3 => store.CommitAsync(Make.Batch(Make.Revision($"refused{i}", 2)), Cancel),
                4 => store.SaveSourcesAsync([Make.State($"s{i}", "saved")], Cancel),
                _ => store.CommitAsync(Make.Batch(RevisionStage.Pending, Make.State($"s{i}"), Make.Revision("shared", ++number)), Cancel),
            });
        }

        await Task.WhenAll(writes.Select(write => write.ContinueWith(_ => { }, Cancel, TaskContinuationOptions.None, TaskScheduler.Default)));

        Assert.Equal([3, 13, 23], Enumerable.Range(0, 30).Where(i => writes[i].IsFaulted));
        var contents = await store.LoadAsync(Cancel);
        Assert.Equal(24, Assert.Single(contents.Advisories).LastRevision);
        Assert.Equal(27, contents.Sources.Count);
        Assert.Equal(24, (await store.ReadPendingAsync(Cancel)).Count);
    }

    [Fact]
    public async Task A_cancelled_call_writes_nothing()
    {
        await using var store = await OpenAsync(Folder);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.CommitAsync(Make.Batch(Make.Revision("a")), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SaveSourcesAsync([Make.State()], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PublishAsync(Make.Edition(1), [], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.LoadAsync(cancelled));

        Whole.Equal(new StoreContents([], [], [], null), await store.LoadAsync(Cancel));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_runs_has_happened_whole_or_not_at_all()
    {
        await using var store = await OpenAsync(Folder);
        var happened = new List<int>();

        foreach (var round in Enumerable.Range(0, 30))
        {
            using var cancelling = new CancellationTokenSource();
            var commit = store.CommitAsync(Make.Batch(RevisionStage.Pending, Make.State($"s{round}"), Make.Revision($"a{round}"), Make.Revision($"b{round}")), cancelling.Token);
            await cancelling.CancelAsync();
            try
            {
                await commit;
                happened.Add(round);
            }
            catch (OperationCanceledException)
            {
                // The other of the two outcomes.
            }
        }

        var contents = await store.LoadAsync(Cancel);
        Assert.Equal(happened.SelectMany(round => new[] { $"a{round}", $"b{round}" }).Order(StringComparer.Ordinal), contents.Advisories.Select(advisory => advisory.Id.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(happened.Select(round => $"s{round}").Order(StringComparer.Ordinal), contents.Sources.Select(source => source.Source.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_closed_store_says_so_and_may_be_closed_twice()
    {
        var store = await OpenAsync(Folder);
        await store.DisposeAsync();

        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.LoadAsync(Cancel));
    }

    [Fact]
    public async Task Twenty_thousand_revisions_in_batches_of_500_are_all_there()
    {
        var watch = Stopwatch.StartNew();
        await using (var writer = await OpenAsync(Folder))
        {
            for (var batch = 0; batch < 40; batch++)
            {
                await writer.CommitAsync(Make.Batch([.. Enumerable.Range(batch * 500, 500).Select(Large)]), Cancel);
            }
        }

        var written = watch.Elapsed;
        await using var store = await OpenAsync(Folder);
        watch.Restart();
        var contents = await store.LoadAsync(Cancel);
        var loaded = watch.Elapsed;

        var bytes = new DirectoryInfo(Folder).EnumerateFiles().Sum(file => file.Length);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{20_000 / written.TotalSeconds:F0} revisions/s, {bytes / 20_000} bytes each on disk, {bytes / 1024 / 1024} MB in all; loaded in {loaded.TotalMilliseconds:F0} ms");
        Assert.Equal(20_000, contents.Advisories.Count);
        Assert.Equal(20_000, contents.Keys.Count);
        Whole.Equal(Large(19_999), await store.FindRevisionAsync(Large(19_999).Key, Cancel));
    }

    /// <summary>About 2 KB of text that is not twice the same.</summary>
    private static Revision Large(int index)
    {
        var random = new Random(index);
        var text = string.Join(' ', Enumerable.Range(0, 300).Select(_ => Words[random.Next(Words.Length)]));
        return Make.Revision($"WID-SEC-{2010 + (index % 17)}-{index:D5}", 1, Make.FullEntry() with { Text = text, Html = "<p>" + text + "</p>" });
    }

    private static readonly string[] Words =
        "ein entfernter anonymer Angreifer kann mehrere Schwachstellen in Libfoo ausnutzen um beliebigen Programmcode auszuführen oder einen Denial of Service Angriff durchzuführen".Split(' ');

    private static async Task CallAsync(IEntryStore store, int caller)
    {
        for (var round = 0; round < 5; round++)
        {
            var advisory = $"c{caller}-{round}";
            await store.CommitAsync(Make.Batch(RevisionStage.Pending, Make.State($"s{caller}", $"{round}"), Make.Revision(advisory)), Cancel);
            var read = await store.FindRevisionAsync(new RevisionKey(new AdvisoryId(advisory), 1), Cancel);
            await store.CommitAsync(Make.Batch(Make.Revision(advisory, read!.Key.Number + 1)), Cancel);
            Assert.Contains((await store.LoadAsync(Cancel)).Advisories, known => known.Id.ToString() == advisory && known.LastRevision == 2);
        }
    }
}
