using Kwid.Configuration.Options;

namespace Kwid.Configuration;

/// <summary>Checks the headers that a source wants. Their values may be secrets, so no mistake shows one.</summary>
internal static class HeaderChecks
{
    /// <summary>What Kwid says by itself, and what would break the exchange.</summary>
    private static readonly Dictionary<string, string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        ["User-Agent"] = "write it as userAgent",
        ["Proxy-Authorization"] = "write the login into the address of proxy",
        ["Accept-Encoding"] = "remove it: Kwid says what it can unpack",
        ["Connection"] = "remove it: it is the connection's own affair",
        ["Expect"] = "remove it: it has no meaning for a request without a body",
        ["Host"] = "remove it: the host stands in the url",
        ["If-Match"] = "remove it: Kwid asks conditionally by itself",
        ["If-Modified-Since"] = "remove it: Kwid asks conditionally by itself",
        ["If-None-Match"] = "remove it: Kwid asks conditionally by itself",
        ["If-Range"] = "remove it: documents are read whole",
        ["If-Unmodified-Since"] = "remove it: Kwid asks conditionally by itself",
        ["Keep-Alive"] = "remove it: it is the connection's own affair",
        ["Range"] = "remove it: documents are read whole",
        ["TE"] = "remove it: it is the connection's own affair",
        ["Trailer"] = "remove it: a request has no body",
        ["Transfer-Encoding"] = "remove it: a request has no body",
        ["Upgrade"] = "remove it: it is the connection's own affair",
    };

    /// <summary>Checks names and values of all.</summary>
    public static void Run(Examination examination, SourceAccessOptions source)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in source.Headers)
            if (FindFault(source, name, value, seen) is var (found, cure)) examination.MistakeIn(source, "headers", name, Codes.SourceHeader, cure, found);
    }

    private static (string Found, string Cure)? FindFault(SourceAccessOptions source, string name, string value, HashSet<string> seen)
    {
        if (name.Length == 0 || !name.All(IsTokenChar)) return ("a name that is no header's", "use letters, digits and '-' alone (RFC 9110 §5.6.2)");
        if (!seen.Add(name)) return ($"\"{name}\" a second time", "remove one: upper and lower case make no difference");
        if (Reserved.TryGetValue(name, out var cure)) return ($"\"{name}\"", cure);
        if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) return ($"\"{name}\"", "remove it: a request has no body");
        if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && (source.Has("user") || source.Has("bearer")))
            return ("\"Authorization\" besides user or bearer", "remove one: a request has one Authorization");
        return value.All(c => c is >= ' ' and <= '~') ? null : ("a value with other than printable ASCII characters", "use printable ASCII characters on one line");
    }

    private static bool IsTokenChar(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c);
}
