namespace Kwid.Core.Reading;

/// <summary>xml:base (W3C XML Base): addresses inside an element are relative to it, and it to the element's surroundings.</summary>
/// <param name="Around">The base around the elements of an entry.</param>
/// <param name="Reported">The one base that the raw entry states; what has another base is made absolute here.</param>
internal readonly record struct XmlBase(Uri Around, Uri Reported)
{
    /// <summary>Longest base, in characters: bases that grow with each element would fill the memory.</summary>
    private const int Longest = 2048;

    /// <summary>The base inside an element whose surroundings have the base <paramref name="outer"/>; an unusable value changes nothing.</summary>
    public static Uri Resolve(Uri outer, string? value) =>
        !string.IsNullOrWhiteSpace(value) && Uri.TryCreate(outer, value.Trim(), out var found) && found.Scheme is "http" or "https" && found.OriginalString.Length <= Longest ? found : outer;

    /// <inheritdoc cref="Resolve(Uri, string?)"/>
    public static Uri Of(FeedElement element, Uri outer) => Resolve(outer, element.Find("xml:base"));

    /// <summary>The bases of an entry: what it states is the base of its body, so that addresses inside escaped HTML can be resolved.</summary>
    public static XmlBase OfEntry(FeedElement entry, Uri outer, FeedElement? body)
    {
        var around = Of(entry, outer);
        return new XmlBase(around, body is null ? around : Of(body, around));
    }

    /// <summary>The element's reference as written where the stated base resolves it, else absolute.</summary>
    public string Reference(FeedElement element, string reference) => Reference(Of(element, Around), reference);

    /// <summary>The reference as written where the stated base resolves it, else absolute.</summary>
    public string Reference(Uri own, string reference) =>
        own != Reported && Uri.TryCreate(own, reference.Trim(), out var found) ? found.AbsoluteUri : reference;
}
