using System.Runtime.InteropServices;

namespace Kwid.Core.Normalising;

/// <summary>
/// Markup of which plainly nothing needs to be removed or repaired, read without an HTML parser, which costs a hundred times as much. Most of
/// what sources send is of this kind: balanced lower-case tags in places where HTML's tree construction (WHATWG HTML §13.2.6) moves, implies or
/// closes nothing, quoted attributes, absolute plain addresses. Whatever is not plainly so goes through the library.
/// </summary>
internal sealed class CleanMarkup
{
    private readonly string _markup;
    private readonly List<MarkupToken> _tokens;
    private readonly List<KeyValuePair<string, string>> _attributes;

    internal CleanMarkup(string markup, List<MarkupToken> tokens, List<KeyValuePair<string, string>> attributes) =>
        (_markup, _tokens, _attributes) = (markup, tokens, attributes);

    /// <summary>Tags and texts in order; start and end tags are balanced.</summary>
    public ReadOnlySpan<MarkupToken> Tokens => CollectionsMarshal.AsSpan(_tokens);

    /// <summary>The markup's pieces; null when it is not plainly clean.</summary>
    public static CleanMarkup? Read(string markup) => new CleanMarkupReader(markup).Read();

    /// <summary>What a text says.</summary>
    public ReadOnlySpan<char> TextOf(MarkupToken text) => text.Text ?? _markup.AsSpan(text.Start, text.Length);

    /// <summary>The attributes of a start tag that a sanitiser may keep, decoded, in order.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>> AttributesOf(MarkupToken start) => CollectionsMarshal.AsSpan(_attributes).Slice(start.Start, start.Length);

    /// <summary>Where an element leads; null when it does not.</summary>
    public string? AddressOf(MarkupToken start)
    {
        foreach (var (name, value) in AttributesOf(start))
            if (name == "href") return value;
        return null;
    }
}
