using System.Buffers;
using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>The TLP label that a document itself bears. What looks like a label but is none that FIRST defines counts as RED: better nobody than everybody.</summary>
internal static partial class TlpReader
{
    /// <summary>How much of a line is looked at, in characters.</summary>
    private const int LongestLine = 200;

    private static readonly SearchValues<char> Signs = SearchValues.Create(" \u00A0\t()[]{}<>*+#=_-–—/|,;.:!\"'„“”»«•");

    /// <summary>The strictest label; null when the document bears none.</summary>
    /// <param name="texts">Title and categories: a label counts wherever it stands.</param>
    /// <param name="bodies">Texts of the body: only what begins them is a label, a mention in a sentence is none.</param>
    public static Tlp? Find(IEnumerable<string> texts, params ReadOnlySpan<string> bodies)
    {
        Tlp? strictest = null;
        foreach (var text in texts)
        {
            if (!text.Contains("TLP", StringComparison.OrdinalIgnoreCase)) continue;
            foreach (Match label in Label().Matches(text)) strictest = Stricter(strictest, Read(label));
        }

        foreach (var body in bodies) strictest = FindLeading(body, strictest);
        return strictest;
    }

    /// <summary>Labels that begin the first line, with only signs before and between them, or a word such as <c>Einstufung:</c>.</summary>
    private static Tlp? FindLeading(string body, Tlp? strictest)
    {
        var line = body.AsSpan();
        if (line.IndexOf('\n') is >= 0 and var end) line = line[..end];
        if (line.IndexOf("TLP", StringComparison.OrdinalIgnoreCase) < 0) return strictest;
        var text = line[..Math.Min(line.Length, LongestLine)].ToString();
        var at = Lead().Match(text).Length;
        for (var label = Label().Match(text, at); label.Success && text.AsSpan(at, label.Index - at).IndexOfAnyExcept(Signs) < 0; label = label.NextMatch())
        {
            strictest = Stricter(strictest, Read(label));
            at = label.Index + label.Length;
        }

        return strictest;
    }

    private static Tlp Stricter(Tlp? known, Tlp found) => known is { } tlp && tlp > found ? tlp : found;

    private static Tlp Read(Match label)
    {
        var word = label.Groups["word"].Value;
        return TlpLabels.TryParse(label.Groups["strict"].Success ? $"{word}+STRICT" : word, out var tlp) ? tlp : Tlp.Red;
    }

    /// <summary>With a colon any word is a label; without one ("TLP AMBER") only a known word is.</summary>
    [GeneratedRegex(@"\bTLP(?:\s*[::]\s*(?<word>\w*)|[\s_=-]\s*(?<word>CLEAR|WHITE|GREEN|AMBER|RED)\b)(?:\s*[+ _-]\s*(?<strict>STRICT)\b)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Label();

    /// <summary>What may stand before a label at the beginning of a text: signs, and up to three words with a colon, or a word that announces a label.</summary>
    [GeneratedRegex(@"^\W*(?:(?!TLP\b)\w+(?:[ -](?!TLP\b)\w+){0,2}\s*:\W*|(?:Einstufung|Klassifizierung|Kennzeichnung|Classification|Marking|Label|Distribution|Verteilung)\W+)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lead();
}
