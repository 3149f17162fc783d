using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>The TLP label that a document itself bears. What looks like a label but is none that FIRST defines counts as RED: better nobody than everybody.</summary>
internal static partial class TlpReader
{
    /// <summary>How many lines of a body are its head, where a label stands; a glossary at its foot is none.</summary>
    private const int HeadLines = 10;

    /// <summary>How much of a line is looked at, in characters.</summary>
    private const int LongestLine = 200;

    /// <summary>What may stand between the beginning of a line, or a label, and the next label.</summary>
    private static readonly SearchValues<char> Signs = SearchValues.Create(" \u00A0\t()[]{}<>*+#=_-\u2010\u2011–—/|,;.:!\"'„“”»«•·0123456789");

    /// <summary>The strictest label; null when the document bears none.</summary>
    /// <param name="texts">Title and categories: a label counts wherever it stands.</param>
    /// <param name="bodies">Texts of the body: a label counts at the beginning or the end of one of the first lines, a mention in a sentence is none.</param>
    public static Tlp? Find(IEnumerable<string> texts, params ReadOnlySpan<string> bodies)
    {
        Tlp? strictest = null;
        foreach (var text in texts)
            if (Folded(text) is { } folded)
                foreach (Match label in Label().Matches(folded)) strictest = Stricter(strictest, Read(label));
        foreach (var body in bodies)
            foreach (var line in HeadOf(body)) strictest = FindInLine(line, strictest);
        return strictest;
    }

    /// <summary>The first lines that say anything; one that only announces a label, as a cell or a term does, with the next.</summary>
    private static List<string> HeadOf(string body)
    {
        var (heads, lines) = (new List<string>(), 0);
        string? announcing = null;
        foreach (var range in body.AsSpan().Split('\n'))
        {
            var (start, length) = range.GetOffsetAndLength(body.Length);
            var line = body.AsSpan(start, Math.Min(length, LongestLine)).Trim();
            if (line.IsEmpty) continue;
            if (lines++ == HeadLines) break;
            var text = announcing is null ? line.ToString() : $"{announcing} {line}";
            announcing = Announcement().IsMatch(text) ? text : null;
            if (announcing is null) heads.Add(text);
        }

        if (announcing is not null) heads.Add(announcing);
        return heads;
    }

    /// <summary>Labels that begin the line, with only signs, dates and announcing words before and between them, and one that ends it behind a sign.</summary>
    private static Tlp? FindInLine(string line, Tlp? strictest)
    {
        if (Folded(line) is not { } text) return strictest;
        var at = Lead().Match(text).Length;
        foreach (Match label in Label().Matches(text))
        {
            var leads = label.Index >= at && text.AsSpan(at, label.Index - at).IndexOfAnyExcept(Signs) < 0;
            if (!leads && !(IsBehindSign(text, label.Index) && IsLast(text, label.Index + label.Length))) continue;
            strictest = Stricter(strictest, Read(label));
            if (leads) at = label.Index + label.Length;
        }

        return strictest;
    }

    private static bool IsBehindSign(string text, int at) => text.AsSpan(0, at).TrimEnd() is [.., '|' or ',' or ';' or '·' or '•' or '–' or '—' or '-' or ':' or '/' or '(' or '['];

    private static bool IsLast(string text, int end) => text.AsSpan(end).IndexOfAnyExcept(Signs) < 0;

    /// <summary>The text with full-width letters and signs as ordinary ones; null when it cannot hold a label.</summary>
    private static string? Folded(string text)
    {
        var folded = text.IsNormalized(NormalizationForm.FormKC) ? text : text.Normalize(NormalizationForm.FormKC);
        return folded.Contains("TLP", StringComparison.OrdinalIgnoreCase) || folded.Contains("traffic", StringComparison.OrdinalIgnoreCase) ? folded : null;
    }

    private static Tlp Stricter(Tlp? known, Tlp found) => known is { } tlp && tlp > found ? tlp : found;

    private static Tlp Read(Match label)
    {
        var word = label.Groups["word"].Value;
        return TlpLabels.TryParse(label.Groups["strict"].Success ? $"{word}+STRICT" : word, out var tlp) ? tlp : Tlp.Red;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private const string Name = @"TLP([- \u2010\u2011]?(Einstufung|Klassifizierung|Kennzeichnung|Stufe|Farbe|Status|Level|Label|Marking|Colou?r))?(\s*v?[12](\.\d)?)?";

    private const string FullName = @"Traffic[- \u2010\u2011]?Light[- \u2010\u2011]?Proto[ck]oll?(\W{1,3}TLP\b)?";

    private const string Words = @"(?<word>CLEAR|WHITE|GREEN|AMBER|RED)\b";

    /// <summary>Signs, or a few words and no end of a sentence: behind words only one in capitals is meant, since "red" is a word as well.</summary>
    private const string Known = @"(([^\w!?]|_){1,15}" + Words + @"|([^.!?\n]|\.(?=\d)){1,15}?\b(?-i:" + Words + "))";

    /// <summary>With a colon behind TLP any word is a label; else ("TLP AMBER", "TLP | AMBER"), and behind the name in full, only a known word is.</summary>
    [GeneratedRegex(
        @"(\b" + Name + @"(\s*:\W{0,3}(TLP\s*:\s*)?(?<word>\w*)|" + Known + @")|\b" + FullName + Known + @")((?<=AMBER)[\s+_/:(\u2010\u2011–—-]*(?<strict>STRICT)\b|\s*[+ _-]\s*(?<strict>STRICT)\b)?",
        Options, 1000)]
    private static partial Regex Label();

    /// <summary>A line that ends where its label would follow.</summary>
    [GeneratedRegex(@"^\W*(" + Name + "|" + FullName + @")[^\w.!?]*$", Options, 1000)]
    private static partial Regex Announcement();

    /// <summary>
    /// What may stand before a label at the beginning of a line: signs, and up to three words with a colon, a word that announces a label, or a
    /// sentence about the document.
    /// </summary>
    [GeneratedRegex(@"^\W*((?!TLP(v?\d)?\b|Traffic\b)\w+([ -](?!TLP\b)\w+){0,2}\s*:\W*|(Einstufung|Klassifizierung|Kennzeichnung|Classification|Marking|Label|Distribution|Verteilung)\W+|(Diese[rs]?|This)\s+\w+\s+(ist|wurde|is|was|has been)\s+((\w+\s+){0,2}(als|as)\s+)?)?", Options, 1000)]
    private static partial Regex Lead();
}
