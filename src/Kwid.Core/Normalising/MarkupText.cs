using System.Net;
using System.Text;

namespace Kwid.Core.Normalising;

/// <summary>Makes text of markup without building a tree, for what no parser should be given. One pass, whatever is sent.</summary>
internal static class MarkupText
{
    /// <summary>The text between the tags, decoded, without comments and without the code of scripts and style sheets.</summary>
    public static string WithoutTags(string markup)
    {
        var text = new StringBuilder(markup.Length);
        for (var at = 0; at < markup.Length;)
        {
            var tag = markup.IndexOf('<', at);
            if (tag < 0) tag = markup.Length;
            text.Append(markup, at, tag - at);
            if (tag == markup.Length) break;
            at = Skip(markup, tag);
            text.Append(at == tag + 1 ? '<' : ' ');
        }

        return WebUtility.HtmlDecode(text.ToString());
    }

    /// <summary>Text as HTML writes it.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The place behind what begins with that sign; behind the sign itself when it begins nothing.</summary>
    private static int Skip(string markup, int tag)
    {
        if (markup.AsSpan(tag).StartsWith("<!--", StringComparison.Ordinal)) return Behind(markup, tag, "-->");
        var isEnd = tag + 1 < markup.Length && markup[tag + 1] == '/';
        var name = MarkupBounds.NameAt(markup, tag + (isEnd ? 2 : 1));
        if (name.IsEmpty) return tag + 1 < markup.Length && markup[tag + 1] is '!' or '?' or '/' ? Behind(markup, tag, ">") : tag + 1;
        if (!isEnd && name.Equals("script", StringComparison.OrdinalIgnoreCase)) return Behind(markup, Behind(markup, tag, "</script"), ">");
        if (!isEnd && name.Equals("style", StringComparison.OrdinalIgnoreCase)) return Behind(markup, Behind(markup, tag, "</style"), ">");
        return Behind(markup, tag, ">");
    }

    private static int Behind(string markup, int start, string end)
    {
        if (start >= markup.Length) return markup.Length;
        var at = markup.IndexOf(end, start, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? markup.Length : at + end.Length;
    }
}
