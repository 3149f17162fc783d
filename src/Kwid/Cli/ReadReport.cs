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
        Console.Out.WriteLine($"  {JsonSerializer.Serialize(new { id = "…", name = head.Title?.Trim(), kind = "feed", url = what, language = head.Language ?? "…", tlp = "CLEAR", attribution = "…", license = "nicht angegeben" }, Options)}");
    }
}
