using System.Buffers;

namespace Kwid.Core.Normalising;

/// <summary>
/// Looks at markup before a parser sees it: how many tags it has and how many elements it leaves open. A parser's work grows with the product of
/// the two, so that some kilobytes of tags could keep a processor busy for minutes. Counts rather too much than too little: what an end tag does
/// not certainly close stays open.
/// </summary>
internal static class MarkupBounds
{
    /// <summary>Most start and end tags; a body of 200,000 characters has some thousands.</summary>
    public const int MostTags = 10_000;

    /// <summary>Most elements open at one place.</summary>
    public const int MostLevels = 200;

    /// <summary>Names longer than this differ where nobody looks.</summary>
    private const int LongestName = 40;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \n\t\r\f/>");

    /// <summary>Whether markup is more than a parser should be given.</summary>
    /// <param name="markup">HTML.</param>
    /// <param name="mostTags">Start and end tags.</param>
    /// <param name="mostLevels">Elements open at one place.</param>
    public static bool Exceeds(string markup, int mostTags = MostTags, int mostLevels = MostLevels)
    {
        var tags = 0;
        var open = new OpenElements();
        for (var at = markup.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < markup.Length; at = markup.IndexOf('<', at + 1))
        {
            var isEnd = markup[at + 1] == '/';
            var name = NameAt(markup, at + (isEnd ? 2 : 1));
            if (name.IsEmpty) continue;
            if (++tags > mostTags) return true;
            if (IsUnnested(name)) continue;
            if (isEnd) open.Close(name);
            else if (!(IsSingle(name) && open.Has(name))) open.Add(name);
            if (open.Count > mostLevels) return true;
        }

        return false;
    }

    /// <summary>The name of a tag that starts there; empty when none does.</summary>
    public static ReadOnlySpan<char> NameAt(string markup, int start)
    {
        if (start >= markup.Length || !char.IsAsciiLetter(markup[start])) return [];
        var name = markup.AsSpan(start, Math.Min(LongestName, markup.Length - start));
        var length = name.IndexOfAny(NameEnds);
        return length < 0 ? name : name[..length];
    }

    /// <summary>Elements that have no end tag or need none.</summary>
    private static bool IsUnnested(ReadOnlySpan<char> name) => Is(name, Unnested);

    /// <summary>Elements that end an open one of their kind.</summary>
    private static bool IsSingle(ReadOnlySpan<char> name) => Is(name, Single);

    private static bool IsBorder(ReadOnlySpan<char> name) => Is(name, Borders);

    private static bool Is(ReadOnlySpan<char> name, string[] names)
    {
        foreach (var each in names)
            if (name.Equals(each, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static readonly string[] Unnested =
    [
        "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "source",
        "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ];

    private static readonly string[] Single = ["a", "button", "form", "nobr", "script", "style"];

    private static readonly string[] Borders = ["applet", "button", "foreignobject", "marquee", "math", "object", "select", "svg", "table", "template"];

    /// <summary>Elements that are open, innermost last.</summary>
    private sealed class OpenElements
    {
        private readonly List<string> _open = [];
        private readonly Dictionary<string, int> _counts = new(StringComparer.OrdinalIgnoreCase);

        public int Count => _open.Count;

        public bool Has(ReadOnlySpan<char> name) => Find(name) >= 0;

        public void Add(ReadOnlySpan<char> name)
        {
            var added = name.ToString();
            _open.Add(added);
            _counts[added] = _counts.GetValueOrDefault(added) + 1;
        }

        public void Close(ReadOnlySpan<char> name)
        {
            if (Find(name) is not (>= 0 and var at)) return;
            _counts[_open[at]]--;
            _open.RemoveAt(at);
        }

        /// <summary>The innermost of that name that an end tag reaches: it sees no further than the elements around which HTML draws a border (§13.2.4.2).</summary>
        private int Find(ReadOnlySpan<char> name)
        {
            if (!_counts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var count) || count == 0) return -1;
            for (var i = _open.Count - 1; i >= 0; i--)
            {
                if (name.Equals(_open[i], StringComparison.OrdinalIgnoreCase)) return i;
                if (IsBorder(_open[i])) return -1;
            }

            return -1;
        }
    }
}
