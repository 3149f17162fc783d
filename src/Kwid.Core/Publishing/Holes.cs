using System.Text;
using System.Xml;

namespace Kwid.Core.Publishing;

/// <summary>
/// Marks in a fragment where something of the single feed goes. Noncharacters of Unicode, never exchanged yet legal in XML 1.0: <see cref="Clean"/>
/// keeps them out of every text.
/// </summary>
internal static class Holes
{
    /// <summary>Where the feed's part of the id goes: <c>tag:kwid.example,2026:05315000</c>.</summary>
    public const char Id = '\uFDD0';

    /// <summary>Where the audience class's reason goes.</summary>
    public const char Reason = '\uFDD1';

    /// <summary>Where a feed's entries go.</summary>
    public const char Entries = '\uFDD2';

    /// <summary>Bytes of each mark in UTF-8: EF B7 90 to EF B7 92. Arabic ligatures begin with the same two.</summary>
    public const int Utf8Length = 3;

    /// <summary>Position of the first mark; -1 when there is none.</summary>
    public static int IndexIn(ReadOnlySpan<byte> text)
    {
        var from = 0;
        for (int at; (at = text[from..].IndexOf("\uFDD0"u8[..2])) >= 0; from += at + 1)
            if (text.Length > from + at + 2 && text[from + at + 2] is >= 0x90 and <= 0x92) return from + at;
        return -1;
    }

    /// <summary>The mark that the text begins with.</summary>
    public static char Read(ReadOnlySpan<byte> text) => (char)(Id + (text[2] - 0x90));

    /// <summary>Text without marks and without what XML 1.0 can't carry: a feed must be written whatever stands in a configuration or an advisory.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], c)) clean.Append(c).Append(text[++i]);
            else if (XmlConvert.IsXmlChar(c) && c is < Id or > Entries) clean.Append(c);
        }

        return clean.ToString();
    }
}
