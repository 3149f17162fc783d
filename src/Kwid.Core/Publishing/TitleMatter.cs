using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Product and effect of a title. Where a title only says that there are vulnerabilities, the gravest effect that the source names takes their place.</summary>
internal static partial class TitleMatter
{
    /// <summary>The title without words that say nothing; with how an attacker gets there, where the source says so and it fits.</summary>
    /// <param name="entry">What is shown.</param>
    /// <param name="room">UTF-16 units.</param>
    public static string Of(Entry entry, int room)
    {
        var match = Vulnerable().Match(entry.Title);
        var effect = !match.Success ? null
            : match.Groups["effect"] is { Success: true } named ? named.Value
            : entry.Effects.Select(GermanWords.Word).FirstOrDefault();
        if (effect is null) return entry.Title;
        var matter = match.Groups["product"].Value + effect;
        return Ways(entry).Select(way => matter + way).FirstOrDefault(whole => whole.Length <= room) ?? matter;
    }

    /// <summary>From the fullest to none.</summary>
    private static IEnumerable<string> Ways(Entry entry)
    {
        if (entry is { IsRemote: true, NeedsNoLogin: true }) yield return " aus der Ferne, ohne Anmeldung";
        if (entry.IsRemote) yield return " aus der Ferne";
        if (entry.NeedsNoLogin) yield return " ohne Anmeldung";
    }

    // "nicht spezifizierten Angriff" is no word that stands by itself: what is named begins with a capital.
    [GeneratedRegex(@"^(?<product>.*: )(Mehrere )?Schwachstellen?( ermöglich(t|en) (?<effect>\p{Lu}.*))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Vulnerable();
}
