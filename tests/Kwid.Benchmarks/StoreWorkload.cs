using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Benchmarks;

/// <summary>What polls bring in a year to come: 10,000 advisories in batches of 50 to 500, their second and third revisions in batches of up to 50. The same ones every time.</summary>
internal static class StoreWorkload
{
    public const int Advisories = 10_000;
    public const int Revisions = 3;

    private static readonly SourceId Source = new("bsi-wid");
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Words =
        "ein entfernter anonymer Angreifer kann mehrere Schwachstellen in Produkten des Herstellers ausnutzen um beliebigen Programmcode mit Administratorrechten auszuführen Informationen offenzulegen Dateien zu manipulieren oder einen Denial of Service Zustand herbeizuführen Aktualisieren Sie auf die neue Version".Split(' ');

    /// <summary>All batches in their order, each made when it is asked for.</summary>
    public static IEnumerable<IngestBatch> Batches()
    {
        var (random, index) = (new Random(6), 0);
        for (var number = 1; number <= Revisions; number++)
            for (var (first, size) = (0, 0); first < Advisories; first += size)
            {
                size = Math.Min(number == 1 ? random.Next(50, 501) : random.Next(1, 51), Advisories - first);
                yield return Batch(number, Enumerable.Range(first, size), index++);
            }
    }

    /// <summary>The key of a revision.</summary>
    public static RevisionKey Key(int advisory, int number) => new(Id(advisory), number);

    /// <summary>All pending revisions, each before three classes.</summary>
    public static Edition Edition(int number, IReadOnlyList<Revision> pending)
    {
        var instant = Begin.AddMinutes(number);
        return new Edition(number, instant, [.. from revision in pending from name in Classes select new Publication(name, revision.Key, PublicationKind.Entry, instant, 3_000, "default")], [], null);
    }

    private static readonly string[] Classes = ["default", "dringend", "komplett"];

    private static IngestBatch Batch(int number, IEnumerable<int> advisories, int index)
    {
        var revisions = advisories.Select(advisory => Revision(advisory, number)).ToList();
        return new IngestBatch(
            [.. revisions.Select(revision => new StagedRevision(revision, RevisionStage.Pending))],
            [.. revisions.Select(revision => new Advisory(revision.Key.Advisory, Source, number, $"{number}{revision.Key.Advisory}") { Cves = revision.Entry.Cves, Since = Begin })],
            [.. revisions.SelectMany(Keys)],
            new SourceState { Source = Source, Address = "https://upstream.example/feed", Cursor = index.ToString(CultureInfo.InvariantCulture), FirstPollDone = Begin });
    }

    /// <summary>About 2 KB of text and as much markup.</summary>
    private static Revision Revision(int advisory, int number)
    {
        var random = new Random((advisory * Revisions) + number);
        var text = string.Join(' ', Enumerable.Range(0, 280).Select(_ => Words[random.Next(Words.Length)]));
        return new Revision(Key(advisory, number), Begin.AddMinutes(advisory), Entry(advisory, number, text), number == 1 ? [] : [new Change("severity", "severity-up", "mittel", "hoch")]);
    }

    private static Entry Entry(int advisory, int number, string text) => new()
    {
        Source = Source,
        Guid = $"https://upstream.example/portal/advisory?name={Id(advisory)}",
        NativeId = Id(advisory),
        Title = $"[UPDATE] [hoch] Muster-Server {advisory}: Mehrere Schwachstellen",
        Permalink = new Uri($"https://upstream.example/portal/advisory?name={Id(advisory)}"),
        Html = "<p>" + text.Replace(" Angreifer", "</p><p>Angreifer", StringComparison.Ordinal) + "</p>",
        Text = text,
        Tlp = Tlp.Clear,
        Language = "de",
        Updated = Begin.AddHours(number),
        Severity = Severity.High,
        Cvss = new Cvss("3.1", 8.8, "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H"),
        Cves = [new CveId(string.Create(CultureInfo.InvariantCulture, $"CVE-2026-{10_000 + advisory}"))],
    };

    private static IEnumerable<KeyValuePair<string, AdvisoryId>> Keys(Revision revision) =>
        [KeyValuePair.Create("native:" + revision.Key.Advisory, revision.Key.Advisory), KeyValuePair.Create($"guid:{Source}:{revision.Entry.Guid}", revision.Key.Advisory)];

    private static AdvisoryId Id(int advisory) => new(string.Create(CultureInfo.InvariantCulture, $"WID-SEC-{2020 + (advisory % 7)}-{advisory:D5}"));
}
