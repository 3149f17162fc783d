using System.Text;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>Builds HTML of the allow-list of design 3: every text is encoded here.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    /// <summary>A heading.</summary>
    public HtmlText Heading(string text) => Raw($"<h3>{Encode(text)}</h3>");

    /// <summary>A paragraph.</summary>
    public HtmlText Paragraph(string text) => Raw($"<p>{Encode(text)}</p>");

    /// <summary>One line as a paragraph, several as a list; none as nothing.</summary>
    /// <param name="lines">HTML.</param>
    public HtmlText Lines(IReadOnlyList<string> lines) => lines.Count == 1 ? Raw($"<p>{lines[0]}</p>") : List(lines);

    /// <summary>A list; nothing when it is empty.</summary>
    /// <param name="items">HTML.</param>
    public HtmlText List(IReadOnlyCollection<string> items) => items.Count == 0 ? this : Raw($"<ul>{string.Concat(items.Select(item => $"<li>{item}</li>"))}</ul>");

    /// <summary>HTML as it is.</summary>
    public HtmlText Raw(string html)
    {
        _html.Append(html);
        return this;
    }

    /// <summary>The first items, and how many more there are.</summary>
    public static IReadOnlyList<string> Bounded(IReadOnlyCollection<string> items, int most, string rest = "weitere") =>
        items.Count <= most ? [.. items] : [.. items.Take(most), $"… und {items.Count - most} {rest}"];

    /// <summary>A link that shows its address, cut where it is long, unless a text is given.</summary>
    public static string Anchor(Uri link, string? text = null) => $"<a href=\"{Encode(link.AbsoluteUri)}\">{Encode(text ?? Cut(link.AbsoluteUri, 100))}</a>";

    /// <inheritdoc/>
    public override string ToString() => _html.ToString();
}
