namespace Kwid.Core.Normalising;

/// <summary>Reads the attributes of a start tag of plainly clean markup: lower-case, quoted, each once.</summary>
internal readonly ref struct CleanAttributes(string markup, CleanElement element, List<KeyValuePair<string, string>> kept)
{
    /// <summary>Most attributes of one element.</summary>
    private const int Most = 8;

    /// <summary>Reads up to the end of the tag, not past it; false at the first doubt.</summary>
    public bool Read(ref int at)
    {
        var seen = 0u;
        for (var count = 0; at < markup.Length && markup[at] is ' ' or '\n' or '\t'; count++)
        {
            while (at < markup.Length && markup[at] is ' ' or '\n' or '\t') at++;
            if (at < markup.Length && (markup[at] == '>' || (markup[at] == '/' && element.IsVoid))) return true;
            if (count == Most || !ReadOne(ref at, ref seen)) return false;
        }

        return true;
    }

    private bool ReadOne(ref int at, ref uint seen)
    {
        var start = at;
        while (at < markup.Length && markup[at] is >= 'a' and <= 'z') at++;
        var attribute = Find(markup.AsSpan(start, at - start));
        if (attribute == Attribute.Unknown || (seen & Bit(attribute)) != 0 || at + 2 >= markup.Length || markup[at] != '=') return false;
        seen |= Bit(attribute);
        var quote = markup[at + 1];
        if (quote is not ('"' or '\'')) return false;
        at += 2;
        var length = markup.AsSpan(at).IndexOf(quote);
        if (length < 0) return false;
        var value = markup.AsSpan(at, length);
        at += length + 1;
        return Keep(attribute, value);
    }

    /// <summary>Keeps what a sanitiser would keep as it is; false where it might change it.</summary>
    private bool Keep(Attribute attribute, ReadOnlySpan<char> value)
    {
        if (attribute == Attribute.Href)
        {
            if (element.Name != "a" || CleanText.DecodeAddress(value) is not { } address || !(Links.IsPlain(address) || Links.IsPlainMail(address))) return false;
            kept.Add(new("href", address));
            return true;
        }

        if (!CleanText.IsOrdinary(value) || value.IndexOfAny("&<>\"") >= 0) return false;
        if (attribute is Attribute.Title or Attribute.Rel) kept.Add(new(attribute == Attribute.Title ? "title" : "rel", value.ToString()));
        return true;
    }

    private static uint Bit(Attribute attribute) => 1u << (int)attribute;

    private static Attribute Find(ReadOnlySpan<char> name) => name switch
    {
        "href" => Attribute.Href,
        "title" => Attribute.Title,
        "rel" => Attribute.Rel,
        "class" => Attribute.Class,
        "id" => Attribute.Id,
        "target" => Attribute.Target,
        "style" => Attribute.Style,
        _ => Attribute.Unknown,
    };

    /// <summary>From class on they are left out everywhere.</summary>
    private enum Attribute
    {
        Unknown,
        Href,
        Title,
        Rel,
        Class,
        Id,
        Target,
        Style,
    }
}
