using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Kwid.Core.Model;
using Kwid.Core.Normalising;

namespace Kwid.Cli;

/// <summary>How <c>kwid read</c> shows people what it found.</summary>
internal static partial class ReadReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The feed, two lines an entry, warnings, what it would have brought, and what to paste into the configuration.</summary>
    /// <param name="reading">What was found.</param>
    /// <param name="what">The address or file as typed.</param>
    /// <param name="suggests">Whether a source is suggested: not where one of the configuration was read.</param>
    /// <param name="now">What 30 days are counted back from.</param>
    public static void Print(FeedReading reading, string what, bool suggests, DateTimeOffset now)
    {
        var head = reading.Read.Head;
        var entries = reading.Items.Select(item => item.Entry).OfType<Entry>().ToList();
        var title = PlainText.FromTitle(head.Title, isMarkup: true, reading.Source.Url);
        Console.Out.WriteLine($"{reading.Read.Format}: {(title.Length > 0 ? title : "(no title)")}, {Count(reading)}");
        foreach (var entry in entries) Print(entry);
        foreach (var fact in reading.Read.Facts) Print(fact);
        if (reading.Read.IsCatalogue && head.Description is { } remarks) Console.Out.WriteLine(remarks);
        foreach (var warning in reading.Warnings) Console.Out.WriteLine($"warning: {warning}");
        if (entries.Count > 0) Console.Out.WriteLine();
        foreach (var sentence in entries.Count > 0 ? ReadForecast.Of(entries, reading.Source, now) : []) Console.Out.WriteLine(sentence);
        if (!suggests) return;
        Console.Out.WriteLine();
        Console.Out.WriteLine("For \"sources\" in feeds.config.json (say whose texts they are and on which terms; tlp is the label of documents that bear none):");
        Console.Out.WriteLine($"  {Suggestion(reading, title, what)}");
    }

    private static void Print(Entry entry)
    {
        var date = entry.UpstreamDate?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "no date";
        Console.Out.WriteLine($"  {date,-17}  {entry.SeverityWord ?? entry.Severity?.ToString() ?? "-",-9}  {entry.Title}");
        string?[] details = [entry.NativeId?.ToString(), entry.Permalink?.AbsoluteUri ?? "no link", Cves(entry.Cves)];
        Console.Out.WriteLine($"  {"",-17}  {string.Join("  ", details.Where(detail => detail is not null))}");
    }

    private static void Print(Fact fact)
    {
        var since = fact.Exploitation is not { } exploitation ? "-" : exploitation.Since is { } date ? $"exploited, listed {date:yyyy-MM-dd}" : "exploited, no date";
        var score = fact.Cvss is { } cvss ? string.Create(CultureInfo.InvariantCulture, $"CVSS {cvss.Version}: {cvss.Score:0.0}") : "";
        Console.Out.WriteLine($"  {fact.Cve,-16}  {since,-28}  {score}".TrimEnd());
    }

    private static string Count(FeedReading reading) => reading.Read.IsCatalogue
        ? (reading.Read.Facts.Count == 1 ? "1 fact" : $"{reading.Read.Facts.Count} facts")
        : reading.Items.Count == 1 ? "1 entry" : $"{reading.Items.Count} entries";

    private static string? Cves(IReadOnlyList<CveId> cves) =>
        cves.Count == 0 ? null : string.Join(' ', cves.Take(5)) + (cves.Count > 5 ? $" and {cves.Count - 5} more" : "");

    private static string Suggestion(FeedReading reading, string title, string what)
    {
        var url = FeedReading.AddressOf(what) is { } address ? address.AbsoluteUri : "https://…";
        var name = title.Length > 0 ? title : FeedReading.AddressOf(what)?.Host ?? "…";
        var id = OtherThanSlug().Replace(name.ToUpperInvariant(), "-").Trim('-');
#pragma warning disable CA1308 // Ids are lower case.
        id = id[..Math.Min(id.Length, 40)].Trim('-').ToLowerInvariant();
#pragma warning restore CA1308
        return JsonSerializer.Serialize(
            new
            {
                id = SourceId.IsValid(id) ? id : "my-source",
                name,
                kind = reading.Read.IsCatalogue ? "facts" : reading.Source.Page is null ? "feed" : "page",
                url,
                language = reading.Read.Head.Language ?? "de",
                tlp = "CLEAR",
                attribution = name,
                license = "nicht angegeben",
                page = reading.Source.Page is not { } page ? null : new { page.Item, page.Title, page.Link, page.Date, page.DateFormat, page.Summary, page.Id, page.LinkPattern, page.Detail },
            },
            Options);
    }

    [GeneratedRegex("[^A-Z0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OtherThanSlug();
}
