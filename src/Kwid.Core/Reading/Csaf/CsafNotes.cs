using System.Text;
using System.Text.Json;

namespace Kwid.Core.Reading.Csaf;

/// <summary>A document's notes: as a text for people, and what they say of an attack.</summary>
internal sealed class CsafNotes
{
    /// <summary>Longest body made, in characters, before it is cut.</summary>
    private const int MostCharacters = 400_000;

    private readonly StringBuilder _html = new();
    private readonly List<string> _summaries = [];

    public CsafNotes(CsafFields fields, JsonElement document)
    {
        var reasoning = fields.Text(document, "category"u8) is "csaf_withdrawn" or "csaf_superseded";
        foreach (var note in fields.List(document, "notes"u8))
        {
            if (!fields.IsObject(note, "notes"u8) || fields.Text(note, "text"u8) is not { } text) continue;
            var (category, title) = (fields.Text(note, "category"u8), fields.Text(note, "title"u8));
            if (category == "legal_disclaimer") continue;
            if (title == "Angriff") _summaries.Insert(0, text);
            else if (category == "summary") _summaries.Add(text);
            if (reasoning && IsReasoning(title)) Reasoning ??= text;
            Append(_html, title, text);
        }
    }

    /// <summary>Null when no note says anything.</summary>
    public string? Html => _html.Length == 0 ? null : _html.ToString();

    /// <summary>What is said of the attack: BSI's note of that name first, then summaries.</summary>
    public IReadOnlyList<string> Attacks => _summaries;

    /// <summary>Why the document was withdrawn or superseded (CSAF 2.1 §4.6, §4.7: a note with that title, in the document's language).</summary>
    public string? Reasoning { get; private set; }

    /// <summary>A heading and a paragraph for each line.</summary>
    public static void Append(StringBuilder html, string? title, string text)
    {
        if (html.Length > MostCharacters) return;
        if (title is not null) html.Append("<h4>").Append(ElementMarkup.Escape(title)).Append("</h4>");
        foreach (var range in text.AsSpan().Split('\n'))
            if (text.AsSpan()[range].Trim() is { IsEmpty: false } line)
                html.Append("<p>").Append(ElementMarkup.Escape(line.ToString())).Append("</p>");
    }

    private static bool IsReasoning(string? title) => title is not null
        && (title.StartsWith("Reasoning for ", StringComparison.OrdinalIgnoreCase) || title.StartsWith("Begründung für ", StringComparison.OrdinalIgnoreCase));
}
