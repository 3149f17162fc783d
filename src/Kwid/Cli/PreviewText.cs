using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kwid.Cli.Control;
using Kwid.Core.Publishing;

namespace Kwid.Cli;

/// <summary>What a preview tells, German, as it is read before a release; and as JSON.</summary>
internal static class PreviewText
{
    /// <summary>Most unreachable recipients named in one sentence; of a notice for everyone there may be hundreds.</summary>
    private const int MostNames = 20;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The answer, line by line.</summary>
    public static IEnumerable<string> Lines(PreviewAnswer answer, bool json)
    {
        if (json) return [JsonSerializer.Serialize(answer, Options)];
        var mistakes = answer.Mistakes.Select(mistake => mistake.ToString());
        return answer.Notice is { } notice ? mistakes.Concat(Lines(answer.Id!, notice)) : mistakes;
    }

    private static IEnumerable<string> Lines(string id, PreviewedNotice notice)
    {
        yield return $"{id} ({Word(notice.Status)}): {notice.Title}";
        yield return $"{notice.Label}: {Ceiling(notice)}";
        if (notice.ValidUntil is { } end) yield return $"Gültig bis {Minute(end)}";
        yield return Summary(notice);
        if (!notice.IsAddressed) yield break;
        foreach (var recipient in notice.Recipients) yield return $"  {recipient.Key}  {recipient.Name}: {Way(recipient)}";
        foreach (var unknown in notice.Unknown) yield return $"  {unknown}: kein Empfänger in der Konfiguration";
    }

    /// <summary><c>12 Empfänger: 9 über geschützte Adresse, zuletzt abgerufen …; 3 ohne: Bonn, …</c></summary>
    private static string Summary(PreviewedNotice notice)
    {
        var parts = new List<string>();
        foreach (var (way, words) in new[] { (WayOut.Protected, "über geschützte Adresse"), (WayOut.Public, "über öffentlichen Feed"), (WayOut.Provider, "über geschützte Adresse ihres Dienstleisters") })
            if (notice.Recipients.Where(recipient => recipient.Way == way).ToList() is { Count: > 0 } reached)
                parts.Add($"{reached.Count} {words}{(way is WayOut.Public ? "" : Used(reached))}");
        List<string> without = [.. notice.Recipients.Where(recipient => recipient.Way is WayOut.None).Select(recipient => recipient.Name), .. notice.Unknown.Select(key => $"{key} (unbekannt)")];
        if (without.Count > 0) parts.Add($"{without.Count} ohne: {string.Join(", ", without.Take(MostNames))}{(without.Count > MostNames ? $" und {without.Count - MostNames} weitere" : "")}");
        return $"{notice.Recipients.Count + notice.Unknown.Count} Empfänger: {(parts.Count == 0 ? "keine" : string.Join("; ", parts))}";
    }

    private static string Used(List<PreviewedRecipient> reached)
    {
        var used = reached.Select(recipient => recipient.LastUsed).OfType<DateTimeOffset>().ToList();
        var never = reached.Count - used.Count;
        var last = used.Count == 0 ? "" : used.Min() == used.Max() ? $", zuletzt abgerufen {Minute(used[0])}" : $", zuletzt abgerufen {Minute(used.Min())} bis {Minute(used.Max())}";
        return never == 0 ? last : $"{last}, {(used.Count == 0 ? "" : $"{never} davon ")}noch nie abgerufen";
    }

    private static string Way(PreviewedRecipient recipient)
    {
        var used = recipient.LastUsed is { } last ? $"zuletzt abgerufen {Minute(last)} mit {recipient.LastReader}" : "noch nie abgerufen";
        return recipient.Way switch
        {
            WayOut.Public => "öffentlicher Feed",
            WayOut.Protected => $"geschützte Adresse, {used}",
            WayOut.Provider => $"geschützte Adresse von {recipient.Provider}, {used}",
            _ => "nicht erreichbar",
        };
    }

    private static string Ceiling(PreviewedNotice notice) => notice.Label switch
    {
        "TLP:CLEAR" => "darf über jede Adresse hinaus",
        "TLP:GREEN" => "darf nur über geschützte Adressen hinaus",
        "TLP:AMBER" => "darf nur über geschützte Adressen der Adressaten und ihrer Dienstleister hinaus",
        "TLP:AMBER+STRICT" => "darf nur über geschützte Adressen der Adressaten selbst hinaus",
        _ => "darf über keine Adresse hinaus",
    };

    private static string Word(string status) => status switch { "draft" => "Entwurf", "withdrawn" => "zurückgezogen", _ => "freigegeben" };

    private static string Minute(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
