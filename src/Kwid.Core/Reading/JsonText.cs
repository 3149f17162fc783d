namespace Kwid.Core.Reading;

/// <summary>JSON as the web writes it, made fit for .NET's reader.</summary>
internal static class JsonText
{
    /// <summary>Half of a pair written as an escape becomes U+FFFD: .NET's strings could hold it, its JSON reader throws. An escaped backslash escapes nothing.</summary>
    public static string WithoutHalfCharacters(string json)
    {
        if (!json.Contains("\\ud", StringComparison.OrdinalIgnoreCase)) return json;
        var text = json.ToCharArray();
        for (var at = json.IndexOf('\\', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = at < text.Length ? json.IndexOf('\\', at) : -1)
        {
            var half = HalfAt(json, at);
            if (half == 'H' && HalfAt(json, at + 6) == 'L') at += 12;
            else if (half is null) at += 2;
            else
            {
                "fffd".CopyTo(text.AsSpan(at + 2));
                at += 6;
            }
        }

        return new string(text);
    }

    /// <summary>H or L for the escape of the first or the second half of a pair that stands there.</summary>
    private static char? HalfAt(string json, int at)
    {
        if (at + 6 > json.Length || json[at] != '\\' || json[at + 1] != 'u' || json[at + 2] is not ('d' or 'D')) return null;
        return json[at + 3] switch { '8' or '9' or 'a' or 'b' or 'A' or 'B' => 'H', >= 'c' and <= 'f' or >= 'C' and <= 'F' => 'L', _ => null };
    }
}
