using Kwid.Configuration.Keys;
using Kwid.Configuration.Options;
using Kwid.Core.Model;

namespace Kwid.Configuration;

/// <summary>Who is a recipient, and with what: the longest prefix wins, key by key.</summary>
internal static class RecipientRoll
{
    /// <summary>All recipients, sorted by key. Entries with mistakes are left out.</summary>
    public static IReadOnlyList<Recipient> Resolve(IReadOnlyList<RecipientOptions> entries, OfficialKeys table)
    {
        var prefixes = entries.Where(entry => entry is { Select: not null, Key: null }).OrderBy(entry => entry.Select!.Length).ToArray();
        var own = Own(entries);
        var keys = prefixes.SelectMany(entry => table.Begins(entry.Select!)).Select(area => area.Key).Concat(own.Keys).Distinct(StringComparer.Ordinal);
        return [.. keys.Order(StringComparer.Ordinal).Select(key => Make(key, Layers(key, prefixes, own), table)).OfType<Recipient>().Select(recipient => recipient with { Successor = Successors.Find(recipient.Key.ToString(), own) is { } last ? new RecipientKey(last) : null })];
    }

    /// <summary>The entries for one recipient, by its key.</summary>
    public static Dictionary<string, RecipientOptions> Own(IReadOnlyList<RecipientOptions> entries) => entries
        .Where(entry => entry.Select is null && RecipientKey.IsValid(entry.Key)).DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key!, StringComparer.Ordinal);

    /// <summary>Two entries for the same prefix or key contradict each other.</summary>
    public static void CheckTwice(Examination examination, IReadOnlyList<RecipientOptions> entries)
    {
        var first = new Dictionary<string, RecipientOptions>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var (key, value) = entry.Key is null ? ("select", entry.Select) : ("key", entry.Key);
            if (value is null || first.TryAdd($"{key}:{value}", entry)) continue;
            var place = first[$"{key}:{value}"].Written?.Place;
            examination.Mistake(entry, key, Codes.RecipientTwice, $"merge it with the one at {place?.File}:{place}");
        }
    }

    /// <summary>Entries that speak of the key, the longest prefix last.</summary>
    private static RecipientOptions[] Layers(string key, IEnumerable<RecipientOptions> prefixes, Dictionary<string, RecipientOptions> own)
    {
        var layers = Ags.IsValid(key) ? prefixes.Where(entry => key.StartsWith(entry.Select!, StringComparison.Ordinal)) : [];
        return [.. layers, .. own.TryGetValue(key, out var entry) ? new[] { entry } : []];
    }

    private static Recipient? Make(string key, RecipientOptions[] layers, OfficialKeys table)
    {
        var area = table.Find(key);
        var name = layers.LastOrDefault(layer => layer.Key is not null)?.Name ?? area?.Name;
        var profile = layers.LastOrDefault(layer => layer.Has("profile"))?.Profile;
        return name is null ? null : new Recipient(new RecipientKey(key), name, DistrictOf(key, area, table), new Subscription(profile));
    }

    private static string? DistrictOf(string key, Area? area, OfficialKeys table)
    {
        if (area?.Kind == AreaKind.City) return "kreisfreie Stadt";
        return Ags.IsValid(key) && key.Length == 8 ? table.Find(key[..5])?.Name : null;
    }
}
