using System.Globalization;
using System.Text;

namespace Kwid.Core.Normalising;

/// <summary>Texts of plainly clean markup: characters that mean themselves to a parser, and references that need no list of 2,000 names.</summary>
internal static class CleanText
{
    /// <summary>Longest reference between &amp; and semicolon.</summary>
    private const int LongestReference = 8;

    /// <summary>Whether a parser would take every character as it is: no control, no carriage return, no surrogate, no noncharacter.</summary>
    public static bool IsOrdinary(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = text.IndexOfAnyExceptInRange(' ', '~');
            if (at < 0) return true;
            if (!IsOrdinary(text[at])) return false;
            text = text[(at + 1)..];
        }
    }

    /// <summary>The text that is meant; null where a reference is not one of the plain ones.</summary>
    public static string? Decode(ReadOnlySpan<char> written)
    {
        var text = new StringBuilder(written.Length);
        while (true)
        {
            var length = written.IndexOf('&');
            text.Append(length < 0 ? written : written[..length]);
            if (length < 0) return text.ToString();
            written = written[(length + 1)..];
            if (written.StartsWith(" ", StringComparison.Ordinal))
            {
                text.Append('&');
                continue;
            }

            var end = written[..Math.Min(written.Length, LongestReference + 1)].IndexOf(';');
            if (end < 1 || Character(written[..end]) is not { } character) return null;
            text.Append(character);
            written = written[(end + 1)..];
        }
    }

    /// <summary>An address in an attribute, where only the ampersand needs to be a reference; null for anything else.</summary>
    public static string? DecodeAddress(ReadOnlySpan<char> written)
    {
        if (!written.Contains('&')) return written.ToString();
        var rest = written;
        for (var at = rest.IndexOf('&'); at >= 0; at = rest.IndexOf('&'))
        {
            if (!rest[at..].StartsWith("&amp;", StringComparison.Ordinal)) return null;
            rest = rest[(at + "&amp;".Length)..];
        }

        return written.ToString().Replace("&amp;", "&", StringComparison.Ordinal);
    }

    private static bool IsOrdinary(char c) => c is '\n' or '\t' or (>= ' ' and <= '~') or (>= '\u00A0' and < '\uD800') or (>= '\uE000' and < '\uFDD0') or (> '\uFDEF' and < '\uFFF0');

    private static char? Character(ReadOnlySpan<char> reference) => reference[0] == '#' ? Numbered(reference[1..]) : reference switch
    {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u00A0',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "sect" => '§',
        "copy" => '©',
        "reg" => '®',
        "deg" => '°',
        "middot" => '·',
        "times" => '×',
        "laquo" => '«',
        "raquo" => '»',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "sbquo" => '‚',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "bull" => '•',
        "hellip" => '…',
        "euro" => '€',
        "trade" => '™',
        _ => null,
    };

    /// <summary>Without the ones that HTML maps to others (§13.2.5.80): controls, surrogates, what is out of range.</summary>
    private static char? Numbered(ReadOnlySpan<char> digits)
    {
        var isHexadecimal = digits.StartsWith("x", StringComparison.Ordinal);
        var style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(isHexadecimal ? digits[1..] : digits, style, CultureInfo.InvariantCulture, out var code) && code is >= ' ' and < 0xFFF0 && IsOrdinary((char)code) ? (char)code : null;
    }
}
