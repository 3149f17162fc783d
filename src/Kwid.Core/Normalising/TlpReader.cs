using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>The TLP label that a document itself bears. What looks like a label but is none that FIRST defines counts as RED: better nobody than everybody.</summary>
internal static partial class TlpReader
{
    /// <summary>The strictest label in the texts; null when they bear none.</summary>
    /// <param name="texts">Title and categories.</param>
    public static Tlp? Find(IEnumerable<string> texts)
    {
        Tlp? strictest = null;
        foreach (var text in texts)
        {
            foreach (Match label in Label().Matches(text))
            {
                var tlp = Read(label.Groups["word"].Value, label.Groups["strict"].Success);
                if (strictest is not { } known || tlp > known) strictest = tlp;
            }
        }

        return strictest;
    }

    private static Tlp Read(string word, bool strict) => TlpLabels.TryParse(strict ? $"{word}+STRICT" : word, out var tlp) ? tlp : Tlp.Red;

    /// <summary>With a colon any word is a label; without one ("TLP AMBER") only a known word is.</summary>
    [GeneratedRegex(@"\bTLP(?:\s*[::]\s*(?<word>\w*)|[\s_=-]\s*(?<word>CLEAR|WHITE|GREEN|AMBER|RED)\b)(?:\s*[+ _-]\s*(?<strict>STRICT)\b)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Label();
}
