using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kwid.Core.Model;

namespace Kwid.Cli;

/// <summary>How <c>kwid read</c> shows what it found.</summary>
internal static class ReadReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>For people: the feed, a line an entry, warnings below.</summary>
    public static void Print(ReadDocument read, IReadOnlyList<(RawEntry Raw, Entry Entry)> entries, IReadOnlyList<Rejected> rejected)
    {
        Console.Out.WriteLine($"{read.Format}: {read.Title ?? "(no title)"}, {entries.Count} entries");
        foreach (var (_, entry) in entries)
        {
            Console.Out.WriteLine($"  {entry.UpstreamDate?.ToString("u") ?? "no date             "} {entry.SeverityWord ?? "-",-9} {entry.Title}");
            Console.Out.WriteLine($"    {entry.NativeId?.ToString() ?? "no known id"}  {entry.Permalink?.AbsoluteUri ?? "no link"}  {string.Join(' ', entry.Cves.Take(5))}");
        }

        foreach (var fault in read.Faults) Console.Out.WriteLine($"warning: {fault}");
        foreach (var each in rejected) Console.Out.WriteLine($"warning: left out ({each.What}): {each.Reason}");
    }

    /// <summary>For scripts: feed and entries in the words that feed formats share.</summary>
    public static void PrintJson(ReadDocument read, IReadOnlyList<(RawEntry Raw, Entry Entry)> entries) => Console.Out.WriteLine(JsonSerializer.Serialize(
        new
        {
            feed = new { title = read.Title, language = read.Language, format = read.Format },
            entries = entries.Select(each => new
            {
                id = each.Raw.Guid,
                title = each.Entry.Title,
                link = each.Entry.Permalink?.AbsoluteUri,
                content = each.Entry.Html.Length == 0 ? null : each.Entry.Html,
                published = each.Entry.Published,
                updated = each.Entry.Updated,
                author = each.Entry.Author,
                categories = each.Entry.Categories,
                severity = each.Entry.SeverityWord,
                advisory = each.Entry.NativeId?.ToString(),
                cves = each.Entry.Cves.Select(cve => cve.ToString()),
            }),
            warnings = read.Faults,
        },
        Json));
}
