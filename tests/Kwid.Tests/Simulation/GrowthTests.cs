using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Storage;
using Kwid.Tests.Pipeline;

namespace Kwid.Tests.Simulation;

/// <summary>
/// How the data folder grows when real documents come month by month under invented ids, and that it stops growing by more than identity once retention runs. Of the real stream
/// 1,970 revisions come a month, one in eight of them of a new id; here fewer, unless <c>KWID_GROWTH</c> says how many.
/// </summary>
public class GrowthTests
{
    private static readonly RetentionPolicy Policy = new(TimeSpan.FromDays(93), TimeSpan.FromDays(186), TimeSpan.FromDays(186));

    private static readonly int Monthly = int.Parse(Environment.GetEnvironmentVariable("KWID_GROWTH") ?? "300", CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_year_of_the_real_stream_takes_a_bounded_room_and_retention_ends_its_growth()
    {
        var documents = Documents(SharedFiles.Find("advisories/bsi-wid"));
        await using var shop = await Workshop.OpenAsync("2026-01-01T00:00:00Z");
        var (known, dice, sizes) = (new List<Revision>(), new Random(6), new List<(long Store, long Shelf)>());

        for (var month = 0; month < 12; month++)
        {
            await MonthAsync(shop, documents, known, dice);
            if (month >= 5) await shop.Retention.RunAsync(Policy, Cancel);
            sizes.Add(Sizes(shop));
        }

        var each = sizes[4].Store / (5 * Monthly);
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes of store a revision, {sizes[4].Shelf / (5 * Monthly)} of shelf; kB by month: {string.Join(", ", sizes.Select(size => $"{size.Store >> 10}+{size.Shelf >> 10}"))}");
        Assert.InRange(each, 500, 9_000);
        Assert.True(sizes[11].Store - sizes[7].Store < sizes[3].Store / 3, "The store grows as if nothing were forgotten.");
        Assert.True(sizes[11].Shelf - sizes[7].Shelf < sizes[3].Shelf / 3, "The shelf grows as if nothing were forgotten.");
    }

    private static async Task MonthAsync(Workshop shop, IReadOnlyList<Entry> documents, List<Revision> known, Random dice)
    {
        const int AtOnce = 20;
        for (var done = 0; done < Monthly; done += AtOnce)
        {
            var revisions = Enumerable.Range(0, AtOnce).Select(_ => Next(shop, documents, known, dice)).DistinctBy(revision => revision.Key.Advisory).ToList();
            await shop.Store.CommitAsync(
                new IngestBatch(
                    [.. revisions.Select(revision => new StagedRevision(revision, RevisionStage.Pending))],
                    [.. revisions.Select(revision => new Advisory(revision.Key.Advisory, revision.Entry.Source, revision.Key.Number, new string('f', 32)) { Cves = revision.Entry.Cves, Names = revision.Entry.Names, Since = revision.SeenAt })],
                    [.. revisions.Where(revision => revision.Key.Number == 1).Select(revision => KeyValuePair.Create("native:" + revision.Key.Advisory, revision.Key.Advisory))],
                    null),
                Cancel);
            known.RemoveAll(old => revisions.Exists(revision => revision.Key.Advisory == old.Key.Advisory));
            known.AddRange(revisions);
            await shop.PublishAsync();
            shop.Clock.Advance(TimeSpan.FromDays(30) * AtOnce / Monthly);
        }
    }

    /// <summary>One in eight is new, the others revise what is known, mostly what is young.</summary>
    private static Revision Next(Workshop shop, IReadOnlyList<Entry> documents, List<Revision> known, Random dice)
    {
        var entry = documents[dice.Next(documents.Count)];
        if (known.Count > 0 && dice.Next(8) > 0)
        {
            var before = known[^(1 + (int)(known.Count * Math.Pow(dice.NextDouble(), 3)))];
            return before with { Key = before.Key with { Number = before.Key.Number + 1 }, SeenAt = shop.Clock.GetUtcNow(), Changes = [new Change("text", "text", null, null)] };
        }

        var id = new AdvisoryId($"WID-SEC-2026-{dice.Next():D10}");
        return new Revision(new RevisionKey(id, 1), shop.Clock.GetUtcNow(), entry with { NativeId = id, Guid = id.ToString(), Tlp = Tlp.Clear }, []) { Origin = Origin.Of(shop.Sources[0]) };
    }

    private static List<Entry> Documents(string folder)
    {
        var source = Make.Source() with { Kind = SourceKind.Csaf, Url = new Uri("https://documents.test/provider-metadata.json") };
        return
        [
            .. from file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
               let document = new FetchedDocument(new Uri("https://documents.test/" + Path.GetFileName(file)), File.ReadAllBytes(file), null)
               from raw in SourceReader.Read(source, document).Entries
               let accepted = SourceReader.Normalise(source, raw, document.Address, Make.Instant("2026-11-24T00:00Z")) as Core.Normalising.NormaliseOutcome.Accepted
               where accepted is not null
               select accepted.Entry,
        ];
    }

    private static (long Store, long Shelf) Sizes(Workshop shop) =>
        (new FileInfo(Path.Combine(shop.ShelfFolder, "..", "kwid.db")).Length, new DirectoryInfo(shop.ShelfFolder).EnumerateFiles().Sum(file => file.Length));
}
