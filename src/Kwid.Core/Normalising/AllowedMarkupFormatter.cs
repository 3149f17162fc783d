using AngleSharp.Dom;
using Ganss.Xss;

namespace Kwid.Core.Normalising;

/// <summary>Writes one tree as HTML and passes over the tags, not the content, of elements that are not allowed.</summary>
/// <param name="allowed">Names of elements.</param>
/// <param name="most">How many characters of start tags are written with their attributes: a link left open is repeated in each block after it.</param>
internal sealed class AllowedMarkupFormatter(ISet<string> allowed, int most) : HtmlFormatter
{
    private int _written;

    /// <inheritdoc/>
    public override string OpenTag(IElement element, bool selfClosing)
    {
        if (!allowed.Contains(element.LocalName)) return "";
        if (_written > most) return $"<{element.LocalName}>";
        var tag = base.OpenTag(element, selfClosing);
        _written += tag.Length;
        return tag;
    }

    /// <inheritdoc/>
    public override string CloseTag(IElement element, bool selfClosing) => allowed.Contains(element.LocalName) ? base.CloseTag(element, selfClosing) : "";

    /// <inheritdoc/>
    public override string LiteralText(ICharacterData text) => Text(text);   // what must be written as it is, is nothing that is allowed
}
