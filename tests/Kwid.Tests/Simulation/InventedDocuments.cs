using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Tests.Simulation;

/// <summary>How an upstream writes what it tells by an instant.</summary>
internal static class InventedDocuments
{
    private const string Text = "Ein entfernter Angreifer kann eine Schwachstelle in einem erfundenen Produkt ausnutzen, um beliebigen Programmcode auszuführen, Informationen offenzulegen oder einen Dienst zu stören.";

    /// <summary>An RSS feed of the 250 newest, in the manner of WID where it is WID's.</summary>
    public static string Rss(IEnumerable<InventedAdvisory> advisories, DateTimeOffset now) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Erfunden</title><link>https://upstream.example/</link><description>x</description>
        {string.Concat(advisories.OrderByDescending(each => each.ChangedAt(now)).Take(250).Select(each => Item(each, now)))}
        </channel></rss>
        """;

    public static string Metadata(Uri rolie) => JsonSerializer.Serialize(new { distributions = new[] { new { rolie = new { feeds = new[] { new { tlp_label = "WHITE", url = rolie } } } } } });

    public static string Rolie(Uri at, IEnumerable<InventedAdvisory> advisories, DateTimeOffset now) =>
        JsonSerializer.Serialize(new { feed = new { entry = advisories.Select(each => new { id = each.Id, updated = each.ChangedAt(now), content = new { src = new Uri(at, NameOf(each)) } }) } });

    /// <summary>The name of its file: CSAF §5.1.</summary>
    public static string NameOf(InventedAdvisory advisory) => $"{advisory.Id.ToLowerInvariant().Replace(':', '_')}.json";

    /// <summary>A document whose entry weighs as much as WID's do on average: 5.3 kB of Atom (measured). The window is bounded in bytes.</summary>
    public static string Csaf(InventedAdvisory advisory, DateTimeOffset now)
    {
        var words = advisory.Volume.Source is WeeklyVolumes.Wid or WeeklyVolumes.Microsoft;
        var history = advisory.Updates.Where(update => update.At <= now).Select((update, i) => new { number = $"{i + 2}", date = update.At, summary = update.Summary })
            .Prepend(new { number = "1", date = advisory.At, summary = "Initiale Fassung" });
        var products = Enumerable.Range(1, 6).Select(i => new { category = "product_version_range", name = $"<{i}.2.{i}", product = new { name = $"Erfunden Produkt {advisory.Id} <{i}.2.{i}", product_id = $"T{i}" } });
        return JsonSerializer.Serialize(new
        {
            document = new
            {
                category = "csaf_security_advisory",
                csaf_version = "2.0",
                aggregate_severity = words && advisory.Severity is { } severity ? new { text = Word(severity) } : null,
                distribution = new { tlp = new { label = "WHITE" } },
                notes = new[] { new { category = "description", title = "Produktbeschreibung", text = Text }, new { category = "summary", title = "Angriff", text = Text } },
                publisher = new { category = "vendor", name = advisory.Volume.Source, @namespace = $"https://{(advisory.Volume.Source == WeeklyVolumes.Wid ? "www.bsi.bund.de" : advisory.Volume.Host)}" },
                references = advisory.Names.Append(advisory.Page).Concat(Enumerable.Range(1, 12).Select(i => $"https://references.example/{advisory.Id}/further-information/{i}"))
                    .Select(url => new { category = url == advisory.Page ? "self" : "external", summary = "Hinweis des Herstellers", url }),
                title = advisory.Title,
                tracking = new { current_release_date = advisory.ChangedAt(now), initial_release_date = advisory.At, id = advisory.Id, revision_history = history, status = "final", version = $"{advisory.VersionAt(now)}" },
            },
            product_tree = new { branches = new[] { new { category = "vendor", name = "Erfunden", branches = new[] { new { category = "product_name", name = $"Produkt {advisory.Id}", branches = products } } } } },
            vulnerabilities = advisory.Cves.Select(cve => new
            {
                cve,
                product_status = new { known_affected = Enumerable.Range(1, 6).Select(i => $"T{i}") },
                scores = words ? [] : new[] { new { products = new[] { "T1" }, cvss_v3 = new { version = "3.1", baseScore = advisory.Severity is Severity.Critical ? 9.8 : 7.5, vectorString = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" } } },
                threats = advisory.IsExploited ? new[] { new { category = "exploit_status", details = "Publicly Disclosed:No;Exploited:Yes;Latest Software Release:Exploitation Detected" } } : [],
            }),
        });
    }

    /// <summary>KEV's form; EUVD's where a score is told.</summary>
    public static string Catalogue(string source, IEnumerable<(string Cve, DateTimeOffset At)> facts) => source is "euvd-critical" or "euvd-last"
        ? JsonSerializer.Serialize(facts.TakeLast(8).Select((fact, i) => new { id = $"EUVD-2026-{i}", aliases = fact.Cve, baseScore = source == "euvd-critical" ? 9.8 : 6.5, baseScoreVersion = "3.1" }))
        : JsonSerializer.Serialize(new { title = source, vulnerabilities = facts.Select(fact => new { cveID = fact.Cve, dateAdded = $"{fact.At:yyyy-MM-dd}" }) });

    private static string Item(InventedAdvisory advisory, DateTimeOffset now)
    {
        var isWid = advisory.Volume.Source == WeeklyVolumes.Wid;
        var tokens = isWid ? $"[{(advisory.Updates.Exists(update => update.At <= now) ? "UPDATE" : "NEU")}] [{Word(advisory.Severity!.Value)}] " : "";
        var severity = advisory.Severity is { } band ? $"<category>{Word(band)}</category>" : "";
        var guid = isWid ? "" : $"<guid isPermaLink=\"false\">{(advisory.Volume.Source == WeeklyVolumes.Microsoft ? advisory.Cves[0] : advisory.Page)}</guid>";
        return $"<item><title>{tokens}{advisory.Title}</title>{guid}<link>{advisory.Page}</link><description>{Text}{(isWid ? "" : " " + string.Join(' ', advisory.Cves))}</description>{severity}<pubDate>{advisory.ChangedAt(now):R}</pubDate></item>";
    }

    private static string Word(Severity severity) => severity switch { Severity.Critical => "kritisch", Severity.High => "hoch", Severity.Low => "niedrig", _ => "mittel" };
}
