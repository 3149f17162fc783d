using System.Text;

namespace Kwid.Core.Reading;

/// <summary>What an element holds: its text, or its children written as HTML. Loops instead of recursing: nesting is the source's choice.</summary>
internal static class ElementMarkup
{
    /// <summary>The element's text, or, when it has child elements, its inner markup; null when blank.</summary>
    public static (string? Value, bool IsMarkup) Read(FeedElement element, XmlBase bases)
    {
        var value = element.HasElements ? Inner(element, bases) : element.Value;
        return (string.IsNullOrWhiteSpace(value) ? null : value, element.HasElements);
    }

    /// <summary>The element's text without markup; null when blank.</summary>
    public static string? Text(FeedElement element) => string.IsNullOrWhiteSpace(element.Value) ? null : element.Value;

    /// <summary>Plain text as HTML.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The children as HTML; addresses become absolute where an xml:base inside says so.</summary>
    /// <param name="root">Whose children.</param>
    /// <param name="bases">Around <paramref name="root"/>, and as the raw entry will state it.</param>
    public static string Inner(FeedElement root, XmlBase bases)
    {
        var html = new StringBuilder();
        var open = new Stack<(FeedElement Element, Uri Base, int Next)>([(root, XmlBase.Of(root, bases.Around), 0)]);
        while (open.TryPop(out var level))
        {
            if (level.Next == level.Element.Nodes.Count)
            {
                if (level.Element != root) AppendEnd(html, level.Element);
                continue;
            }

            open.Push(level with { Next = level.Next + 1 });
            var node = level.Element.Nodes[level.Next];
            if (node.Text is not null) html.Append(Escape(node.Text));
            if (node.Element is null) continue;
            var own = XmlBase.Of(node.Element, level.Base);
            AppendStart(html, node.Element, own, bases);
            open.Push((node.Element, own, 0));
        }

        return html.ToString();
    }

    private static void AppendStart(StringBuilder html, FeedElement element, Uri own, XmlBase bases)
    {
        html.Append('<').Append(element.Local);
        foreach (var (name, written) in element.Attributes)
        {
            if (name.Contains(':', StringComparison.Ordinal)) continue;
            var value = name is "href" or "src" ? bases.Reference(own, written) : written;
            html.Append(' ').Append(name).Append("=\"").Append(Escape(value).Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
        }

        html.Append('>');
    }

    private static void AppendEnd(StringBuilder html, FeedElement element)
    {
        if (element.Local is not ("br" or "hr" or "img" or "input" or "col" or "wbr" or "area" or "base" or "link" or "meta" or "embed" or "source" or "track"))
            html.Append("</").Append(element.Local).Append('>');
    }
}
