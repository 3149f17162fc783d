using System.Buffers;

namespace Kwid.Core.Reading;

/// <summary>Reads the attributes of a start tag, however they are quoted.</summary>
internal static class FeedAttributes
{
    /// <summary>Most attributes of one element; more come from no feed.</summary>
    private const int Most = 100;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n=\"'<");
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n");

    /// <summary>Name and value of each, in order; references in values replaced.</summary>
    public static List<(string Name, string Value)> Read(ReadOnlySpan<char> written, XmlText texts)
    {
        List<(string, string)> attributes = [];
        var rest = written.TrimStart();
        while (!rest.IsEmpty && attributes.Count < Most)
        {
            var length = rest.IndexOfAny(NameEnds) is >= 0 and var found ? found : rest.Length;
            var name = rest[..length];
            rest = rest[length..].TrimStart();
            var value = !rest.IsEmpty && rest[0] == '=' ? TakeValue(ref rest) : "";
            if (name.IsEmpty && value.IsEmpty) rest = rest.IsEmpty ? rest : rest[1..];   // a stray quote
            else if (!name.IsEmpty) attributes.Add((name.ToString(), texts.Decode(value)));
            rest = rest.TrimStart();
        }

        return attributes;
    }

    private static ReadOnlySpan<char> TakeValue(ref ReadOnlySpan<char> rest)
    {
        rest = rest[1..].TrimStart();
        if (rest.IsEmpty) return rest;
        var quoted = rest[0] is '"' or '\'';
        var end = quoted ? rest[1..].IndexOf(rest[0]) : rest.IndexOfAny(Blanks);
        if (end < 0) end = rest.Length - (quoted ? 1 : 0);
        var value = rest.Slice(quoted ? 1 : 0, end);
        rest = rest[Math.Min(rest.Length, end + (quoted ? 2 : 0))..];
        return value;
    }
}
