using System.Text;
using System.Xml.Linq;

namespace Kwid.Core.Reading;

/// <summary>What an element holds: its text, or its children written as HTML. Loops instead of recursing: nesting is the source's choice.</summary>
internal static class ElementMarkup
{
    /// <summary>The element's text, or, when it has child elements, its inner markup; null when blank.</summary>
    public static (string? Value, bool IsMarkup) Read(XElement element, XmlBase bases)
    {
        var value = element.HasElements ? Inner(element, bases) : element.Value;
        return (string.IsNullOrWhiteSpace(value) ? null : value, element.HasElements);
    }

    /// <summary>The element's text without markup; null when blank.</summary>
    public static string? Text(XElement element) => string.IsNullOrWhiteSpace(element.Value) ? null : element.Value;

    /// <summary>Plain text as HTML.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The children as HTML; addresses become absolute where an xml:base inside says so.</summary>
    /// <param name="root">Whose children.</param>
    /// <param name="bases">Around <paramref name="root"/>, and as the raw entry will state it.</param>
    public static string Inner(XElement root, XmlBase bases)
    {
        var html = new StringBuilder();
        var open = new Stack<Uri>([XmlBase.Of(root, bases.Around)]);
        var node = root.FirstNode;
        while (node is not null)
        {
            if (node is XText text) html.Append(Escape(text.Value));
            if (node is XElement element)
            {
                open.Push(XmlBase.Of(element, open.Peek()));
                AppendStart(html, element, open.Peek(), bases);
                if (element.FirstNode is { } child)
                {
                    node = child;
                    continue;
                }

                AppendEnd(html, element);
                open.Pop();
            }

            node = Following(node, root, html, open);
        }

        return html.ToString();
    }

    /// <summary>The next node behind this one, closing the elements that end in between.</summary>
    private static XNode? Following(XNode node, XElement root, StringBuilder html, Stack<Uri> open)
    {
        while (node.NextNode is null)
        {
            if (node.Parent is not { } parent || parent == root) return null;
            AppendEnd(html, parent);
            open.Pop();
            node = parent;
        }

        return node.NextNode;
    }

    private static void AppendStart(StringBuilder html, XElement element, Uri own, XmlBase bases)
    {
        html.Append('<').Append(element.Name.LocalName);
        foreach (var attribute in element.Attributes())
        {
            if (attribute.IsNamespaceDeclaration || attribute.Name.NamespaceName.Length > 0) continue;
            var value = attribute.Name.LocalName is "href" or "src" ? bases.Reference(own, attribute.Value) : attribute.Value;
            html.Append(' ').Append(attribute.Name.LocalName).Append("=\"").Append(Escape(value).Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
        }

        html.Append('>');
    }

    private static void AppendEnd(StringBuilder html, XElement element)
    {
        if (element.Name.LocalName is not ("br" or "hr" or "img" or "input" or "col" or "wbr" or "area" or "base" or "link" or "meta" or "embed" or "source" or "track"))
            html.Append("</").Append(element.Name.LocalName).Append('>');
    }
}
