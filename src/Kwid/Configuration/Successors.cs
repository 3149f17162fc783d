using Kwid.Configuration.Options;

namespace Kwid.Configuration;

/// <summary>Follows recipients that were merged to who took their place.</summary>
internal static class Successors
{
    /// <summary>The last one of a chain; null: it was not merged, or the chain leads in a circle.</summary>
    /// <param name="key">Whose successor.</param>
    /// <param name="own">The entries with a key, by key.</param>
    public static string? Find(string key, IReadOnlyDictionary<string, RecipientOptions> own)
    {
        var passed = new HashSet<string>(StringComparer.Ordinal) { key };
        string? last = null;
        for (var at = key; own.TryGetValue(at, out var entry) && entry.Successor is { } next; at = last = next)
            if (!passed.Add(next)) return null;
        return last;
    }

    /// <summary>Tells what is wrong with an entry's successor.</summary>
    public static void Check(Examination examination, RecipientOptions entry, string successor)
    {
        if (entry.Key is not { } key)
            examination.Mistake(entry, "successor", Codes.Successor, "remove it: a successor belongs to one \"key\", not to all of a prefix");
        else if (successor == key)
            examination.Mistake(entry, "successor", Codes.Successor, "write the key of the recipient that it was merged into, or remove it: nobody succeeds itself");
        else if (examination.HasRecipient(successor) == false)
            examination.Mistake(entry, "successor", Codes.Successor, "write the key of a recipient, or add this one to recipients");
        else if (examination.IsCircle(key))
            examination.Mistake(entry, "successor", Codes.Successor, "remove one of the successors: they lead in a circle, so that nobody is left");
        else if (entry.Profile is not null)
            examination.Warn(entry, "profile", Codes.Successor, "remove it: feeds of a merged recipient show what its successor's show");
    }
}
