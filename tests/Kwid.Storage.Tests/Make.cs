using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Storage.Tests;

/// <summary>Fills in what a test does not care about, so that it shows only what it does.</summary>
internal static class Make
{
    public static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>An entry with nothing that may be absent.</summary>
    public static Entry BareEntry(string text = "Text") => new()
    {
        Source = new SourceId("bsi-wid"),
        Guid = "https://upstream.example/1",
        Title = "Titel",
        Html = "",
        Text = text,
        Tlp = Tlp.Clear,
        Language = "de",
    };

    /// <summary>An entry with every field.</summary>
    public static Entry FullEntry() => BareEntry() with
    {
        NativeId = new AdvisoryId("WID-SEC-2026-0001"),
        Permalink = new Uri("https://upstream.example/a b?x=1&y=%C3%BC#z"),
        Title = "  Schwachstelle in „Größe“ <Libfoo> & \u2028 😀\t ",
        Html = "<p>Ein Angreifer kann Code ausführen.</p>\r\n<ul><li>1</li></ul>",
        Text = "Ein Angreifer kann Code ausführen.\r\n\u0000\u0001ÄÖÜß ",
        Published = Instant("2026-03-01T08:00:01Z"),
        Updated = Instant("2026-03-02T23:59:59Z"),
        Severity = Severity.Critical,
        SeverityWord = "",
        Cvss = new Cvss("3.1", 9.8, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
        NoPatch = true,
        Cves = [new CveId("CVE-2026-0001"), new CveId("CVE-2026-12345")],
        Tlp = Tlp.AmberStrict,
        IsStructured = true,
        IsLabelled = true,
        Version = "2",
        Status = DocumentStatus.Interim,
        History = [new HistoryItem("1", Instant("2026-02-28T23:00:00Z"), "Initiale Fassung"), new HistoryItem("2", null, "")],
        Products = [new Product("Fortinet", "FortiOS", "<7.2.12", ProductStatus.Affected) { Cpe = "cpe:/o:fortinet:fortios", Purl = "pkg:generic/fortios" }, new Product(null, "X", null, ProductStatus.Fixed)],
        Remediations = [new Remediation(RemediationKind.Fix, "Aktualisieren", new Uri("https://vendor.test/fix")), new Remediation(RemediationKind.None, "", null)],
        References = [new Reference(new Uri("https://vendor.test/FG-IR-26-001"), "FG-IR-26-001"), new Reference(new Uri("https://vendor.test/2"), null)],
        Names = [new AdvisoryId("FG-IR-26-001")],
        Effects = [Effect.CodeExecution, Effect.DenialOfService],
        IsRemote = true,
        NeedsNoLogin = true,
        Exploitation = new Exploitation(ExploitationLevel.Exploited, "CISA KEV", Instant("2026-03-02T00:00:00Z")),
        Recipients = ["05315000"],
        ValidUntil = new DateTimeOffset(2026, 12, 31, 22, 59, 59, TimeSpan.Zero),
        IsExpired = true,
        Withdrawn = "Fehlalarm",
        Unverified = "Der Hash passt nicht.",
        NewsSince = Instant("2026-03-01T00:00:00Z"),
        Author = "CERT-Bund",
        Categories = ["Betriebssystem", ""],
    };

    public static Revision Revision(string advisory, int number = 1, Entry? entry = null, params Change[] changes) =>
        new(new RevisionKey(new AdvisoryId(advisory), number), Instant("2026-03-01T09:00:00Z"), entry ?? BareEntry(), changes);

    public static Advisory Advisory(string id, int last = 1, string fingerprint = "f") => new(new AdvisoryId(id), new SourceId("bsi-wid"), last, fingerprint);

    public static SourceState State(string source = "bsi-wid", string? cursor = null) =>
        new() { Source = new SourceId(source), Address = "https://upstream.example/feed", Cursor = cursor };

    /// <summary>A batch with these revisions, their advisories as they are then, and a key for each.</summary>
    public static IngestBatch Batch(RevisionStage stage, SourceState? state, params Revision[] revisions) => new(
        [.. revisions.Select(revision => new StagedRevision(revision, stage))],
        [.. revisions.GroupBy(revision => revision.Key.Advisory).Select(group => Advisory(group.Key.ToString(), group.Max(revision => revision.Key.Number)))],
        [.. revisions.Select(revision => KeyValuePair.Create("native:" + revision.Key.Advisory, revision.Key.Advisory))],
        state);

    public static IngestBatch Batch(params Revision[] revisions) => Batch(RevisionStage.Pending, null, revisions);

    public static IngestBatch Keys(params (string Key, string Advisory)[] keys) =>
        new([], [], [.. keys.Select(pair => KeyValuePair.Create(pair.Key, new AdvisoryId(pair.Advisory)))], null);

    public static Edition Edition(int number, params Publication[] publications) =>
        new(number, Instant("2026-03-01T10:00:00Z").AddSeconds(number), publications, [], null);

    public static Publication Publication(string advisory, int number = 1, PublicationKind kind = PublicationKind.Entry) =>
        new("default", new RevisionKey(new AdvisoryId(advisory), number), kind, Instant("2026-03-01T10:00:01Z"), 1200, "default");

    public static KeyValuePair<RevisionKey, RevisionStage> Decided(string advisory, int number = 1, RevisionStage stage = RevisionStage.Published) =>
        KeyValuePair.Create(new RevisionKey(new AdvisoryId(advisory), number), stage);
}
