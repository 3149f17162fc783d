using System.Diagnostics;
using System.Globalization;
using Kwid.Core.Model;
using Kwid.LiteDb;

namespace Kwid.Storage.Tests;

/// <summary>The process is killed, the disk is full: what was told as done is there, whole, and nothing else.</summary>
public sealed class LiteDbCrashTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Killed_ten_times_at_random_moments_it_loses_nothing_and_has_nothing_half()
    {
        var cancel = TestContext.Current.CancellationToken;
        var told = 0;
        for (var round = 0; round < 10; round++)
        {
            using var child = ChildProcess.Start("commit", _data.Path);
            for (var line = Random.Shared.Next(1, 25); line > 0; line--) await child.ReadAsync(cancel);
            await Task.Delay(TimeSpan.FromMicroseconds(Random.Shared.Next(15_000)), TimeProvider.System, cancel);
            var (toldBatch, toldEdition) = Last(await child.KillAsync(cancel));

            var (batch, edition) = await EnsureWholeAsync(cancel);

            Assert.True(batch >= toldBatch && edition >= toldEdition, $"round {round}: batch {toldBatch} and edition {toldEdition} were told, {batch} and {edition} are there");
            Assert.True(batch > told, $"round {round}: the child went on from batch {told} and is at {batch}");
            told = batch;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{told} batches of {Child.BatchSize} over 10 kills");
    }

    [Theory(Timeout = 120_000)]
    [InlineData(2_000, 3_000, "the data file meets the limit first")]
    [InlineData(400, 100_000, "the log meets the limit first, with the very first batch")]
    public async Task A_full_disk_is_told_and_once_there_is_room_the_same_process_goes_on(int kibibytes, int bytes, string why)
    {
        if (!File.Exists("/usr/bin/prlimit") || !File.Exists("/bin/bash")) Assert.Skip("needs bash and prlimit (util-linux)");
        var cancel = TestContext.Current.CancellationToken;
        using var child = ChildProcess.StartWithin(kibibytes, "fill", _data.Path, bytes.ToString(CultureInfo.InvariantCulture));

        var before = await LinesUntilFaultAsync(child, cancel);
        using (var widen = Process.Start("/usr/bin/prlimit", ["--pid", child.Id.ToString(CultureInfo.InvariantCulture), "--fsize=unlimited"])) await widen.WaitForExitAsync(cancel);
        await child.SayAsync("go on", cancel);
        var after = new List<string>();
        while (await child.ReadAsync(cancel) is { } line) after.Add(line);

        Assert.True(before[^1].Contains("is full", StringComparison.Ordinal) && before[^1].Contains(_data[LiteDbStore.FileName], StringComparison.Ordinal), why + ": " + before[^1]);
        var committed = before.Count - 1;
        Assert.Equal(Enumerable.Range(committed + 1, 4).Select(batch => $"batch {batch}"), after);
        Assert.Equal((committed + 4, 0), await EnsureWholeAsync(cancel));
    }

    private static async Task<List<string>> LinesUntilFaultAsync(ChildProcess child, CancellationToken cancel)
    {
        var lines = new List<string>();
        while (lines.Count == 0 || !lines[^1].StartsWith("fault", StringComparison.Ordinal)) lines.Add(await child.ReadAsync(cancel) ?? throw new InvalidOperationException("the child ended after: " + string.Join(" / ", lines)));
        return lines;
    }

    private static (int Batch, int Edition) Last(List<string> lines) => (Number(lines, "batch "), Number(lines, "edition "));

    private static int Number(List<string> lines, string what) => lines.FindLast(line => line.StartsWith(what, StringComparison.Ordinal)) is { } line
        ? int.Parse(line.AsSpan(what.Length), CultureInfo.InvariantCulture)
        : 0;

    /// <summary>Opens the store and compares everything in it with everything else.</summary>
    private async Task<(int Batch, int Edition)> EnsureWholeAsync(CancellationToken cancel)
    {
        await using var store = await LiteDbStore.OpenAsync(_data.Path, null, cancel);
        var contents = await store.LoadAsync(cancel);
        var last = Child.LastBatch(contents);
        var expected = Enumerable.Range(1, last).SelectMany(batch => Enumerable.Range(0, Child.BatchSize).Select(index => $"a{batch}-{index}")).ToList();

        Assert.Equal(expected.Order(StringComparer.Ordinal), contents.Advisories.Select(advisory => advisory.Id.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), contents.Keys.Select(key => key.Value.ToString()).Order(StringComparer.Ordinal));
        var shown = new List<string>();
        await foreach (var edition in store.ReadEditionsAsync(0, cancel)) shown.AddRange(edition.Publications.Select(publication => publication.Revision.Advisory.ToString()));
        shown.AddRange((await store.ReadPendingAsync(cancel)).Select(revision => revision.Key.Advisory.ToString()));
        Assert.Equal(expected, shown);
        foreach (var id in expected) Assert.NotNull(await store.FindRevisionAsync(new RevisionKey(new AdvisoryId(id), 1), cancel));
        return (last, contents.LastEdition?.Number ?? 0);
    }
}
