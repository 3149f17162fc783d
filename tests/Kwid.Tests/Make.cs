using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Tests;

/// <summary>Fills in what a test does not care about, so that it shows only what it does.</summary>
internal static class Make
{
    /// <summary>An instant from ISO 8601.</summary>
    public static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static Source Source(string id = "bsi-wid", string url = "https://upstream.example/feed", Delivery deliver = Delivery.Always, Tlp tlp = Tlp.Clear) => new()
    {
        Id = new SourceId(id),
        Name = "BSI CERT-Bund WID",
        Kind = SourceKind.Feed,
        Url = new Uri(url),
        Class = SourceClass.Must,
        Deliver = deliver,
        Tlp = tlp,
        Attribution = "BSI",
        License = "nicht angegeben",
    };

    public static Entry Entry(
        string guid = "https://upstream.example/1",
        string title = "Libfoo: Schwachstelle ermöglicht Codeausführung",
        string? native = null,
        string source = "bsi-wid",
        string text = "Ein Angreifer kann Code ausführen.",
        Severity? severity = Severity.High,
        string? updated = "2026-03-01T08:00Z",
        Tlp tlp = Tlp.Clear,
        params string[] cves) => new()
        {
            Source = new SourceId(source),
            Guid = guid,
            NativeId = native is null ? null : new AdvisoryId(native),
            Permalink = Uri.TryCreate(guid, UriKind.Absolute, out var link) ? link : null,
            Title = title,
            Html = $"<p>{text}</p>",
            Text = text,
            Severity = severity,
            SeverityWord = severity?.ToString(),
            Updated = updated is null ? null : Instant(updated),
            Cves = [.. cves.Select(cve => new CveId(cve)).Order()],
            Tlp = tlp,
            Language = "de",
        };

    public static Revision Revision(Entry? entry = null, string advisory = "WID-SEC-2026-0001", int number = 1, string seen = "2026-03-01T09:00Z", params Change[] changes) =>
        new(new RevisionKey(new AdvisoryId(advisory), number), Instant(seen), entry ?? Entry(native: advisory), changes);
}
