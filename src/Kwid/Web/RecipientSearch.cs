using System.Globalization;
using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Web;

/// <summary>Finds recipients as people type them: <c>Köln</c>, <c>Koeln</c>, <c>koln</c>, <c>5315000</c>, or the name of a district.</summary>
internal static class RecipientSearch
{
    /// <summary>Best first: the very name or key, then names that begin so, then names that contain it, then whole districts, then former names. A merged one is followed by who took its place.</summary>
    /// <param name="recipients">All of them.</param>
    /// <param name="query">As typed.</param>
    /// <param name="formerNames">Names that a recipient had before.</param>
    public static IReadOnlyList<Recipient> Find(IReadOnlyList<Recipient> recipients, string query, Func<Recipient, IReadOnlyList<string>> formerNames)
    {
        var wanted = Fold(query);
        if (wanted.Length == 0) return [];
        return [.. recipients
            .Select(recipient => (Recipient: recipient, Rank: Rank(recipient, wanted, query.Trim()) ?? (formerNames(recipient).Any(name => Fold(name).Contains(wanted, StringComparison.Ordinal)) ? Former : null)))
            .Where(hit => hit.Rank is not null)
            .OrderBy(hit => hit.Rank)
            .ThenBy(hit => hit.Recipient.Name, StringComparer.Create(CultureInfo.GetCultureInfo("de-DE"), ignoreCase: true))
            .SelectMany(hit => new[] { hit.Recipient, Mergers.HeirOf(hit.Recipient, recipients) })
            .Distinct()];
    }

    private const int Former = 5;

    private static int? Rank(Recipient recipient, string wanted, string typed)
    {
        var key = recipient.Key.ToString();
        var name = Fold(recipient.Name);
        if (key == typed || key == "0" + typed || name == wanted) return 0;
        if (name.StartsWith(wanted, StringComparison.Ordinal)) return 1;
        if (name.Contains(wanted, StringComparison.Ordinal)) return 2;
        if (typed.Length >= 2 && key.StartsWith(typed, StringComparison.Ordinal)) return 3;
        return recipient.District is { } district && Fold(district).Contains(wanted, StringComparison.Ordinal) ? 4 : null;
    }

    /// <summary>Lower case, ae for ä and a alike, ss for ß, no other marks, no punctuation.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
            if (char.IsAsciiLetterOrDigit(c)) folded.Append(c);
        return folded.Replace("ae", "a").Replace("oe", "o").Replace("ue", "u").ToString();
    }
}
