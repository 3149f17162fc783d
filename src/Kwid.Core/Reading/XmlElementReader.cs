using System.Xml;
using System.Xml.Linq;

namespace Kwid.Core.Reading;

/// <summary>Reads one element into memory and stops on its last tag, so that a fault behind it is not its own.</summary>
internal static class XmlElementReader
{
    /// <summary>Deepest nesting kept; of what is nested deeper only the text is: nobody writes it, and walking it costs the square.</summary>
    private const int MostLevels = 200;

    /// <summary>Reads the element on which the reader stands.</summary>
    /// <exception cref="XmlException">The XML breaks inside it.</exception>
    public static XElement Read(XmlReader reader)
    {
        var root = Start(reader);
        if (reader.IsEmptyElement) return root;
        var (current, level, skipped) = (root, 1, 0);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (level == MostLevels)
                {
                    if (!reader.IsEmptyElement) skipped++;
                    continue;
                }

                var child = Start(reader);
                current.Add(child);
                if (!reader.IsEmptyElement) (current, level) = (child, level + 1);
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                if (skipped > 0) skipped--;
                else if (current == root) return root;
                else (current, level) = (current.Parent!, level - 1);
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                current.Add(new XText(reader.Value));
            }
        }

        return root;
    }

    private static XElement Start(XmlReader reader)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        while (reader.MoveToNextAttribute())
            if (reader.Prefix != "xmlns" && reader.Name != "xmlns") element.Add(new XAttribute(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value));
        reader.MoveToElement();
        return element;
    }
}
