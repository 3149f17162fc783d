using System.Text;

namespace Kwid.Core.Reading;

/// <summary>UTF-8 that somebody read as windows-1252 and wrote anew ("fÃ¼r"), made what it was ("für").</summary>
internal static class Mojibake
{
    /// <summary>The text as it was meant; as it is unless all its characters beyond ASCII are bytes of valid UTF-8, which does not happen by chance.</summary>
    public static string Repair(string text)
    {
        if (!IsLikely(text)) return text;
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (ToByte(text[i]) is not { } value) return text;
            bytes[i] = value;
        }

        // Nobody writes the control characters of C1: where they would come out, it was no such text.
        return System.Text.Unicode.Utf8.IsValid(bytes) && Encoding.UTF8.GetString(bytes) is var meant && !meant.AsSpan().ContainsAnyInRange('\u0080', '\u009F') ? meant : text;
    }

    /// <summary>Whether it looks like it: one of the characters that letters, signs and punctuation of Western texts begin with, before one that goes on with it.</summary>
    public static bool IsLikely(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny('Â', 'Ã', 'â') is >= 0 and var first && first + 1 < text.Length)
        {
            if (text[first + 1] >= 0x80 && IsContinuation(text[first + 1])) return true;
            text = text[(first + 1)..];
        }

        return false;
    }

    private static bool IsContinuation(char c) => ToByte(c) is >= 0x80 and <= 0xBF;

    /// <summary>The byte that windows-1252 shows so; null for a character that it lacks.</summary>
    private static byte? ToByte(char c)
    {
        if (c < 0x80 || c is >= '\u00A0' and <= '\u00FF') return (byte)c;
        var at = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ".IndexOf(c, StringComparison.Ordinal);
        return at < 0 ? null : (byte)(0x80 + at);
    }
}
