using System.Globalization;
using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using Kwid.LiteDb;

namespace Kwid.Storage.Tests;

/// <summary>What the child process does: it tells each thing on stdout once it has happened.</summary>
internal static class Child
{
    /// <summary>Revisions in one of its batches.</summary>
    public const int BatchSize = 20;

    /// <summary>Its source, whose cursor is the number of the last batch.</summary>
    public static SourceId Source { get; } = new("bsi-wid");

    public static async Task<int> RunAsync(string[] order)
    {
        switch (order)
        {
            case ["commit", var folder]:
                await CommitAsync(folder);
                return 0;
            case ["fill", var folder, var bytes]:
                await FillAsync(folder, int.Parse(bytes, CultureInfo.InvariantCulture));
                return 0;
            case ["lock", var folder]:
                using (var held = DataLock.TryAcquire(folder))
                {
                    Say(held is null ? "refused" : "held");
                    await Console.In.ReadLineAsync(CancellationToken.None);
                }

                return 0;
            default:
                return 2;
        }
    }

    /// <summary>Commits batches for ever, with an edition after every third, from where the last process was killed.</summary>
    private static async Task CommitAsync(string folder)
    {
        await using var store = await LiteDbStore.OpenAsync(folder, null, CancellationToken.None);
        var contents = await store.LoadAsync(CancellationToken.None);
        var edition = contents.LastEdition?.Number ?? 0;
        for (var batch = LastBatch(contents) + 1; ; batch++)
        {
            await store.CommitAsync(Batch(batch, BatchSize, Random.Shared.Next(200, 3_000)), CancellationToken.None);
            Say($"batch {batch}");
            if (batch % 3 != 0) continue;

            var pending = await store.ReadPendingAsync(CancellationToken.None);
            await store.PublishAsync(
                Make.Edition(++edition, [.. pending.Select(revision => Make.Publication(revision.Key.Advisory.ToString()))]),
                [.. pending.Select(revision => KeyValuePair.Create(revision.Key, RevisionStage.Published))],
                CancellationToken.None);
            Say($"edition {edition}");
        }
    }

    /// <summary>Commits batches until one is refused, says why, waits for a line, tries that one again and commits three more.</summary>
    private static async Task FillAsync(string folder, int bytes)
    {
        await using var store = await LiteDbStore.OpenAsync(folder, null, CancellationToken.None);
        var last = int.MaxValue;
        for (var batch = 1; batch <= last; batch++)
        {
            try
            {
                await store.CommitAsync(Batch(batch, BatchSize, bytes), CancellationToken.None);
                Say($"batch {batch}");
            }
            catch (StoreException fault) when (last == int.MaxValue)
            {
                Say("fault " + fault.Message);
                await Console.In.ReadLineAsync(CancellationToken.None);
                last = batch + 3;
                batch--;
            }
        }
    }

    public static int LastBatch(StoreContents contents) =>
        contents.Sources.SingleOrDefault(state => state.Source == Source) is { Cursor: { } cursor } ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;

    private static IngestBatch Batch(int number, int size, int bytes) => Make.Batch(
        RevisionStage.Pending,
        Make.State(Source.ToString(), number.ToString(CultureInfo.InvariantCulture)),
        [.. Enumerable.Range(0, size).Select(index => Make.Revision($"a{number}-{index}", 1, Make.BareEntry(Noise(bytes))))]);

    /// <summary>Text that can't be packed much.</summary>
    private static string Noise(int bytes)
    {
        var noise = new byte[bytes];
        Random.Shared.NextBytes(noise);
        return Convert.ToBase64String(noise);
    }

    private static void Say(string line)
    {
        // One write a line, so that a kill leaves no half of it.
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }
}
