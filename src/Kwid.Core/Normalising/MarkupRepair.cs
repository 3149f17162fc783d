using System.Text.RegularExpressions;

namespace Kwid.Core.Normalising;

/// <summary>Frees text that a parser would swallow although its author meant it to be read. What is freed goes through the sanitiser like all else.</summary>
internal static partial class MarkupRepair
{
    private const string Comment = "<!--";
    private const string Section = "<![CDATA[";

    /// <summary>
    /// Markup without the signs of XML's character data, the beginnings of comments that never end, declarations that declare nothing, and script
    /// tags that do not pair.
    /// </summary>
    public static string Of(string markup) => WithoutUnpairedScripts(WithoutFalseDeclarations(WithoutOpenComments(WithoutSections(markup))));

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

    /// <summary>What begins with <c>&lt;!</c> but is no comment, document type or condition would count as a comment up to the next <c>&gt;</c>: it is text.</summary>
    private static string WithoutFalseDeclarations(string markup)
    {
        if (!markup.Contains("<!", StringComparison.Ordinal)) return markup;
        var end = markup.LastIndexOf('>') + 1;   // behind it even a document type never ends
        return string.Concat(FalseDeclaration().Replace(markup[..end], "&lt;!"), markup[end..].Replace("<!", "&lt;!", StringComparison.Ordinal));
    }

    /// <summary>
    /// As many start as end tags of scripts, but an end tag comes first: somebody swapped two. Nobody can tell which text between them is code and
    /// which is for people; text does no harm, so both go and it stays.
    /// </summary>
    private static string WithoutUnpairedScripts(string markup)
    {
        if (!markup.Contains("</script", StringComparison.OrdinalIgnoreCase)) return markup;
        var tags = ScriptTag().Matches(markup).Where(tag => !IsComment(tag)).ToList();
        if (tags.Count(IsEnd) * 2 != tags.Count) return markup;
        var (swapped, isInside) = (new HashSet<int>(), false);
        var unpaired = 0;
        foreach (var tag in tags)
        {
            if (IsEnd(tag) && !isInside) unpaired++;
            else if (!IsEnd(tag) && !isInside && unpaired > 0) unpaired--;
            else
            {
                isInside = !IsEnd(tag);
                continue;
            }

            swapped.Add(tag.Index);
        }

        return ScriptTag().Replace(markup, tag => swapped.Contains(tag.Index) ? "" : tag.Value);
    }

    private static bool IsComment(Match tag) => tag.ValueSpan.StartsWith(Comment, StringComparison.Ordinal);

    private static bool IsEnd(Match tag) => tag.ValueSpan[1] == '/';

    [GeneratedRegex(@"<!(?![-A-Za-z\[])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FalseDeclaration();

    /// <summary>Without backtracking: comments without ends would make it look through the whole text for each.</summary>
    [GeneratedRegex("<!--.*?-->|</?script[^<>]*>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ScriptTag();
}
