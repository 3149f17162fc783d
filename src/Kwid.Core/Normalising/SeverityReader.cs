using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>A severity as its source worded it, and its band.</summary>
internal readonly record struct WordedSeverity(Severity Band, string Word);

/// <summary>Finds a severity where sources state one: in the title's brackets, as a category, or behind a label in the text. A word in a sentence is none.</summary>
internal static partial class SeverityReader
{
    private static readonly Dictionary<string, Severity> Bands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["kritisch"] = Severity.Critical,
        ["critical"] = Severity.Critical,
        ["sehr hoch"] = Severity.Critical,
        ["hoch"] = Severity.High,
        ["high"] = Severity.High,
        ["important"] = Severity.High,     // Microsoft's and Red Hat's second of four
        ["mittel"] = Severity.Medium,
        ["medium"] = Severity.Medium,
        ["moderate"] = Severity.Medium,
        ["niedrig"] = Severity.Low,
        ["gering"] = Severity.Low,
        ["low"] = Severity.Low,
    };

    private const string RatingLabel = "Security Impact Rating:";

    /// <summary>The band of a word in German or English; null for other words.</summary>
    public static Severity? FindBand(string word) => Bands.TryGetValue(word.Trim(), out var band) ? band : null;

    /// <summary>The first that states one: title, categories, text. Null: the source did not say.</summary>
    /// <param name="titleWord">See <see cref="WidTitle.SeverityWord"/>.</param>
    /// <param name="categories">Plain text; a bare word, or a word behind a label such as <c>Severity:</c>.</param>
    /// <param name="text">Of the body; only behind Cisco's label <c>Security Impact Rating:</c>.</param>
    public static WordedSeverity? Read(string? titleWord, IEnumerable<string> categories, string text)
    {
        if (Word(titleWord) is { } inTitle) return inTitle;
        foreach (var category in categories)
            if (Word(Unlabelled(category)) is { } inCategory) return inCategory;
        return text.Contains(RatingLabel, StringComparison.OrdinalIgnoreCase) ? Word(Rating().Match(text).Groups["word"].Value) : null;
    }

    private static WordedSeverity? Word(string? word) => word is not null && FindBand(word) is { } band ? new WordedSeverity(band, word) : null;

    private static string Unlabelled(string category) => Label().Match(category) is { Success: true } label ? category[label.Length..].Trim() : category;

    [GeneratedRegex(@"^(?:severity|risk|impact|schweregrad|risiko|kritikalität)\s*[:=]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"\b" + RatingLabel + @"\s*(?<word>[A-Za-z]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rating();
}
