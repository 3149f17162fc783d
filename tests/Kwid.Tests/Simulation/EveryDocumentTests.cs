using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;
using Kwid.Core.Reading;
using Kwid.Tests.Pipeline;

namespace Kwid.Tests.Simulation;

/// <summary>Identity, proved on every CSAF document at hand.</summary>
public class EveryDocumentTests
{
    private static readonly Source Documents = Make.Source("documents") with { Kind = SourceKind.Csaf, Url = new Uri("https://documents.test/provider-metadata.json") };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reading_order_duplicates_and_restarts_do_not_change_the_outcome_and_no_two_ids_become_one()
    {
        // Two texts of one version and date (the standard's examples have one as 2.0 and as 2.1) are no order: there the last one read counts.
        var entries = Read(SharedFiles.Find("advisories")).DistinctBy(entry => (entry.NativeId, entry.Guid, entry.Version, entry.UpstreamDate)).ToList();
        var dice = new Random(20261124);
        var natives = entries.Select(entry => entry.NativeId).OfType<AdvisoryId>().Distinct().ToList();

        var once = await TellAsync([entries], restart: false);
        var shuffled = entries.Concat(entries.Where(_ => dice.Next(3) == 0)).ToArray();
        dice.Shuffle(shuffled);
        var again = await TellAsync([.. shuffled.Chunk(150)], restart: true);

        Assert.True(entries.Count > 1_000, $"only {entries.Count} documents");
        Assert.Equal([], once.Except(again).Select(pair => $"{pair.Key} {pair.Value}").Concat(again.Except(once).Select(pair => $"again: {pair.Key} {pair.Value}")));
        Assert.All(natives, native => Assert.Contains($"{native} ", string.Join('\n', once.Keys), StringComparison.Ordinal));
        Assert.Equal(natives.Count + entries.Where(entry => entry.NativeId is null).DistinctBy(entry => entry.Guid).Count(), once.Count);
    }

    private static List<Entry> Read(string folder)
    {
        var entries = new List<Entry>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            if (!System.Text.Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, 4_000)).Contains("\"document\"", StringComparison.Ordinal)) continue;
            try
            {
                var document = new FetchedDocument(new Uri("file://" + Uri.EscapeDataString(file).Replace("%2F", "/", StringComparison.Ordinal)), bytes, null);
                foreach (var raw in SourceReader.Read(Documents, document).Entries)
                    if (SourceReader.Normalise(Documents, raw, document.Address, Make.Instant("2026-11-24T00:00Z")) is NormaliseOutcome.Accepted accepted) entries.Add(accepted.Entry);
            }
            catch (FeedFormatException)
            {
                // Broken ones are another test's matter.
            }
        }

        return entries;
    }

    /// <summary>What is stored in the end: by advisory, what is said of it.</summary>
    private static async Task<SortedDictionary<string, string>> TellAsync(IReadOnlyList<IReadOnlyList<Entry>> portions, bool restart)
    {
        var shop = await Workshop.OpenAsync("2026-11-24T12:00:00Z");
        try
        {
            foreach (var portion in portions)
            {
                var state = shop.States.Of(Documents);
                await shop.Ledger!.CommitAsync(Documents, portion, [], new Staging(state, DateTimeOffset.MinValue, mayHold: false) { IsOpening = true }, (_, _) => state, dryRun: false, Cancel);
                if (!restart) continue;
                var before = shop;
                await shop.AbandonAsync();
                shop = await Workshop.OpenAsync(before: before);
            }

            var contents = await shop.Store.LoadAsync(Cancel);
            return new SortedDictionary<string, string>(contents.Advisories.ToDictionary(advisory => $"{advisory.Id} {string.Join(',', contents.Keys.Where(key => key.Value == advisory.Id).Select(key => key.Key).Order(StringComparer.Ordinal))}", advisory => advisory.Fingerprint), StringComparer.Ordinal);
        }
        finally
        {
            await shop.DisposeAsync();
        }
    }
}
