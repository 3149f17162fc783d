using System.Text.RegularExpressions;

namespace Kwid.Core.Normalising;

/// <summary>
/// A title in the manner of CERT-Bund's WID: <c>[NEU] [UNGEPATCHT] [hoch] Libfoo: …</c>. The words in brackets at the start are a set: any may be
/// missing, in any order. The first bracket with another word belongs to the title.
/// </summary>
/// <param name="Text">The title behind the words.</param>
/// <param name="Tokens">The words as written, brackets included; empty when there are none.</param>
/// <param name="SeverityWord">kritisch, hoch, mittel or niedrig as written; null when none is there.</param>
/// <param name="NoPatch">Whether UNGEPATCHT is there.</param>
internal sealed partial record WidTitle(string Text, string Tokens, string? SeverityWord, bool NoPatch)
{
    /// <summary>Takes the words off a title that <see cref="PlainText"/> made.</summary>
    public static WidTitle Read(string title)
    {
        var match = Leading().Match(title);
        string? severity = null;
        var noPatch = false;
        foreach (Capture word in match.Groups["word"].Captures)
        {
            if (word.ValueSpan.Equals("UNGEPATCHT", StringComparison.OrdinalIgnoreCase)) noPatch = true;
            else if (SeverityReader.FindBand(word.Value) is not null) severity ??= word.Value;
        }

        return new WidTitle(title[match.Length..].TrimStart(), match.Value.Trim(), severity, noPatch);
    }

    [GeneratedRegex(@"^(?:\s*\[\s*(?<word>NEU|UPDATE|UNGEPATCHT|kritisch|hoch|mittel|niedrig)\s*\])*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Leading();
}
