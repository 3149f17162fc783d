namespace Kwid.Core.Normalising;

/// <summary>Frees text that a parser would swallow although its author meant it to be read. What is freed goes through the sanitiser like all else.</summary>
internal static class MarkupRepair
{
    private const string Comment = "<!--";
    private const string Section = "<![CDATA[";

    /// <summary>Markup without the signs of XML's character data, and without the beginnings of comments that never end.</summary>
    public static string Of(string markup) => WithoutOpenComments(WithoutSections(markup));

    /// <summary>HTML reads such a section as a comment up to the first <c>&gt;</c>; sources that pack their text twice send them.</summary>
    private static string WithoutSections(string markup) => !markup.Contains(Section, StringComparison.Ordinal)
        ? markup
        : markup.Replace(Section, "", StringComparison.Ordinal).Replace("]]>", "", StringComparison.Ordinal);

    /// <summary>A comment that never ends would take the rest of the text with it: it counts up to the next tag or <c>&gt;</c>.</summary>
    private static string WithoutOpenComments(string markup)
    {
        var last = Math.Max(markup.LastIndexOf("-->", StringComparison.Ordinal), markup.LastIndexOf("--!>", StringComparison.Ordinal));
        var start = markup.IndexOf(Comment, Math.Max(0, last), StringComparison.Ordinal);
        if (start < 0) return markup;
        var parts = new List<string> { markup[..start] };
        while (start >= 0)
        {
            var text = start + Comment.Length;
            var end = markup.AsSpan(text).IndexOfAny('<', '>');
            if (end < 0) break;
            end += text + (markup[text + end] == '>' ? 1 : 0);
            start = markup.IndexOf(Comment, end, StringComparison.Ordinal);
            parts.Add(start < 0 ? markup[end..] : markup[end..start]);
        }

        return string.Concat(parts);
    }
}
