using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kwid.Core.Model;
using Kwid.Core.Normalising;

namespace Kwid.Cli;

/// <summary>How <c>kwid read</c> shows what it found.</summary>
internal static class ReadReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>For people: the feed, a line or two an entry, warnings, and what to paste into the configuration.</summary>
    public static void Print(FeedReading reading, string what)
    {
        var head = reading.Read.Head;
        Console.Out.WriteLine($"{reading.Read.Format}: {SafeMarkup.Of(head.Title, reading.Address) ?? "(no title)"}, {reading.Items.Count} entries");
        foreach (var entry in reading.Items.Select(item => item.Entry).OfType<Entry>())
        {
            Console.Out.WriteLine($"  {entry.UpstreamDate?.ToString("u") ?? "no date             "} {entry.SeverityWord ?? "-",-9} {entry.Title}");
            Console.Out.WriteLine($"    {entry.NativeId?.ToString() ?? "no known id"}  {entry.Permalink?.AbsoluteUri ?? "no link"}  {string.Join(' ', entry.Cves.Take(5))}");
        }

        foreach (var fault in reading.Read.Faults) Console.Out.WriteLine($"warning: {fault}");
        foreach (var each in reading.Rejected) Console.Out.WriteLine($"warning: left out ({each.What}): {each.Reason}");
        Console.Out.WriteLine("For \"sources\" in feeds.config.json:");
        Console.Out.WriteLine($"  {JsonSerializer.Serialize(new { id = "…", name = head.Title?.Trim(), kind = reading.Read.Format == "HTML page" ? "page" : "feed", url = what, language = head.Language ?? "…", tlp = "CLEAR", attribution = "…", license = "nicht angegeben" }, Options)}");
    }

    /// <summary>For scripts, one line: feed and entries in the words that feed formats share, HTML made harmless, dates in UTC.</summary>
    public static string Json(FeedReading reading, string? file)
    {
        var head = reading.Read.Head;
        return JsonSerializer.Serialize(
            new
            {
                file,
                feed = new
                {
                    title = SafeMarkup.Of(head.Title, reading.Address)?.Trim(),
                    home = reading.Reference(head.Home, null),
                    description = SafeMarkup.Of(head.Description, reading.Address)?.Trim(),
                    id = Clean(head.Id),
                    updated = Date(head.Updated),
                    published = Date(head.Published),
                    language = head.Language,
                    author = Clean(head.Author),
                    format = reading.Read.Format,
                },
                entries = reading.Items.Select(item => Entry(reading, item.Raw, item.Entry)),
                warnings = reading.Read.Faults,
            },
            Options);
    }

    private static object Entry(FeedReading reading, RawEntry raw, Entry? entry)
    {
        var around = reading.BaseOf(raw.BaseAddress);
        var title = raw.Title?.Trim();
        return new
        {
            id = Clean(raw.Guid),
            title = title is not null && (raw.TitleIsMarkup || title.Contains('<', StringComparison.Ordinal)) ? SafeMarkup.Of(title, around)?.Trim() : Clean(title),
            link = reading.Reference(raw.Link, raw.BaseAddress) ?? (raw.GuidIsPermalink ? reading.Reference(raw.Guid, raw.BaseAddress) : null),
            summary = SafeMarkup.Of(raw.Summary, around)?.Trim(),
            content = SafeMarkup.Of(raw.Content, around)?.Trim(),
            published = Date(raw.Published),
            updated = Date(raw.Updated),
            author = Clean(raw.Author),
            categories = raw.Categories.Select(Clean),
            enclosures = raw.Enclosures.Select(each => new { url = reading.Reference(each.Url, raw.BaseAddress), type = each.Type, length = each.Length }),
            severity = entry?.SeverityWord,
            advisory = entry?.NativeId?.ToString(),
            cves = entry?.Cves.Select(cve => cve.ToString()),
        };
    }

    private static string? Clean(string? text) => text is null ? null : PlainText.Clean(text).Trim();

    private static DateTimeOffset? Date(string? written) => FeedDates.Find(written);
}
