using Kwid.Configuration.Options;
using Kwid.Core.Model;

namespace Kwid.Configuration;

/// <summary>Ids are identities: each is one source's alone, those of former times included.</summary>
internal static class SourceIds
{
    public static void Check(Examination examination, IReadOnlyList<SourceOptions> sources)
    {
        var taken = new Dictionary<string, SourceOptions>(StringComparer.Ordinal);
        foreach (var source in sources.Where(source => source.Id.Length > 0))
            if (!taken.TryAdd(source.Id, source))
                examination.Mistake(source, "id", Codes.SourceIdTaken, $"give it another; the source at {taken[source.Id].Written?.Place} has this one");

        var former = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
            foreach (var (index, id) in source.FormerIds.Index())
                if (WhyNot(id, taken, former) is { } cure)
                    examination.MistakeAt(source, "formerIds", index, Codes.FormerId, cure);
    }

    private static string? WhyNot(string id, Dictionary<string, SourceOptions> taken, HashSet<string> former)
    {
        if (!SourceId.IsValid(id)) return "use a-z, 0-9 and '-', at most 63 characters";
        if (taken.TryGetValue(id, out var owner)) return $"remove it: the source at {owner.Written?.Place} is called so now";
        return former.Add(id) ? null : "leave it with one source: another states it too";
    }
}
