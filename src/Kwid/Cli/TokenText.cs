using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kwid.Cli.Control;
using Kwid.Core.Publishing;

namespace Kwid.Cli;

/// <summary>Capabilities as text, as JSON and as a table for a mail merge.</summary>
internal static class TokenText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer, line by line.</summary>
    public static IEnumerable<string> Lines(TokenAnswer answer, TokenAction action, bool json, bool csv)
    {
        if (json) return [JsonSerializer.Serialize(answer, Options)];
        if (csv) return answer.Tokens.Select(one => Row(one.Key, one.Name, one.Page, one.Atom, one.Rss, one.Opml)).Prepend("key,name,page,atom,rss,opml");
        return action switch
        {
            TokenAction.Issue or TokenAction.Rotate => answer.Tokens.SelectMany(New),
            TokenAction.Revoke => answer.Tokens.Select(one => $"{one.Id}: revoked. For 90 days its address says that it has ended."),
            _ => answer.Tokens.Count == 0 ? ["No token was ever issued."] : answer.Tokens.Select(Line),
        };
    }

    private static IEnumerable<string> New(ToldToken one) =>
    [
        $"{one.Id} for {one.Key} ({one.Name}), {one.Label}{(one.End is { } end ? string.Create(CultureInfo.InvariantCulture, $", until {end:u}") : "")}. These addresses are keys and are shown this once:",
        one.Opml is null ? $"  page  {one.Page}" : $"  OPML  {one.Opml}",
        $"  Atom  {one.Atom}",
        $"  RSS   {one.Rss}",
    ];

    private static string Line(ToldToken one)
    {
        var state = one.InForce ? one.End is { } end ? string.Create(CultureInfo.InvariantCulture, $"until {end:u}") : "in force" : string.Create(CultureInfo.InvariantCulture, $"ended {one.End:u}");
        var used = one.LastUsed is { } last ? string.Create(CultureInfo.InvariantCulture, $"last used {last:u} by {one.LastReader}") : "never used";
        var urgent = one.UrgentFetches is [.., var newest] ? string.Create(CultureInfo.InvariantCulture, $"; {newest.Entry} of {newest.Published:u} fetched {newest.Fetched:u}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{one.Id}  {Holder(one)}  {one.Label}  issued {one.Issued:u}, {state}, {used}{urgent}");
    }

    /// <summary>Recipients by their key alone, in one column.</summary>
    private static string Holder(ToldToken one) => FeedAddress.ProviderIn(one.Key) is null ? one.Key : $"{one.Key} ({one.Name})";

    /// <summary>RFC 4180.</summary>
    private static string Row(params string?[] fields) =>
        string.Join(',', fields.Select(field => field is not null && field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field));
}
