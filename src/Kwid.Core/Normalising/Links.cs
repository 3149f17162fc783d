using System.Buffers;
using System.Text.RegularExpressions;

namespace Kwid.Core.Normalising;

/// <summary>References made absolute and freed of what only counts clicks.</summary>
internal static partial class Links
{
    /// <summary>Longest address kept, in characters; longer ones are data, not addresses.</summary>
    private const int Longest = 2048;

    /// <summary>What may follow a host in a plain address: nothing that <see cref="Uri"/> would encode, decode or shorten.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create("/?=&;:@!$*+,-._~#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> PlainHost = SearchValues.Create("-.0123456789abcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> PlainMail = SearchValues.Create("-._0123456789abcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// The address of a web page, canonical: lower-case host, no tracking parameters, fragment kept. Null for anything else, and for addresses
    /// with a name and password in them: they are a secret or a trick.
    /// </summary>
    public static Uri? Find(string? reference, Uri address) =>
        Resolve(reference, address) is { Scheme: "http" or "https", Host.Length: > 0, UserInfo.Length: 0 } found ? WithoutTracking(found) : null;

    /// <summary>As <see cref="Find"/>, and mail addresses too: what a link in a body may lead to.</summary>
    public static Uri? FindForBody(string? reference, Uri address) => Resolve(reference, address) is { Scheme: "mailto" } mail ? mail : Find(reference, address);

    /// <summary>As <see cref="FindForBody"/>, as it is written out.</summary>
    public static string? FindAddressForBody(string? reference, Uri address) =>
        reference is not null && IsPlain(reference) && !HasTracking(reference) ? reference : FindForBody(reference, address)?.AbsoluteUri;

    /// <summary>Whether a web address is absolute and written as <see cref="Uri"/> would write it.</summary>
    public static bool IsPlain(ReadOnlySpan<char> reference)
    {
        var start = reference.StartsWith("https://", StringComparison.Ordinal) ? "https://".Length : reference.StartsWith("http://", StringComparison.Ordinal) ? "http://".Length : 0;
        if (start == 0 || reference.Length > Longest) return false;
        var rest = reference[start..];
        var slash = rest.IndexOf('/');
        if (slash < 1 || !IsPlainName(rest[..slash], PlainHost)) return false;
        var behind = rest[slash..];
        var fragment = behind.IndexOf('#');
        return !behind.ContainsAnyExcept(Plain) && behind.IndexOf("/.", StringComparison.Ordinal) < 0 && (fragment < 0 || !behind[(fragment + 1)..].Contains('#'));
    }

    /// <summary>Whether it is mailto: and one address of plain characters.</summary>
    public static bool IsPlainMail(ReadOnlySpan<char> reference)
    {
        if (reference.Length > Longest || !reference.StartsWith("mailto:", StringComparison.Ordinal)) return false;
        var rest = reference["mailto:".Length..];
        var at = rest.IndexOf('@');
        return at > 0 && !rest[..at].ContainsAnyExcept(PlainMail) && IsPlainName(rest[(at + 1)..], PlainHost);
    }

    /// <summary>A host by name: labels of letters, digits and hyphens, the last one of letters (else it may be a number).</summary>
    private static bool IsPlainName(ReadOnlySpan<char> host, SearchValues<char> characters)
    {
        if (host.Length is < 1 or > 100 || host.ContainsAnyExcept(characters) || host.IndexOf("--", StringComparison.Ordinal) >= 0) return false;
        foreach (var range in host.Split('.'))
            if (host[range] is not { Length: > 0 and < 60 } label || label[0] == '-' || label[^1] == '-') return false;
        return host[(host.LastIndexOf('.') + 1)..].IndexOfAnyExceptInRange('a', 'z') < 0;
    }

    private static Uri? Resolve(string? reference, Uri address)
    {
        if (string.IsNullOrWhiteSpace(reference)) return null;
        if (IsPlain(reference)) return new Uri(reference);
        var text = Squeeze(reference);
        return text.Length is > 0 and <= Longest && Uri.TryCreate(address, text, out var found) && found.IsAbsoluteUri && found.AbsoluteUri.Length <= Longest * 3 ? found : null;
    }

    /// <summary>Without control characters, and without the blanks around it and the line breaks in it (WHATWG URL §4.4).</summary>
    private static string Squeeze(string reference)
    {
        if (reference.Length > Longest * 4) return "";
        var text = PlainText.Clean(reference).Trim();
        return text.AsSpan().IndexOfAny("\n\r\t") < 0 ? text : text.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal);
    }

    private static bool HasTracking(ReadOnlySpan<char> link)
    {
        var start = link.IndexOf('?');
        if (start < 0) return false;
        var query = link[(start + 1)..];
        if (query.IndexOf('#') is >= 0 and var end) query = query[..end];
        foreach (var range in query.Split('&'))
            if (Tracking().IsMatch(query[range])) return true;
        return false;
    }

    private static Uri WithoutTracking(Uri link)
    {
        if (link.Query.Length < 2 || !HasTracking(link.Query)) return link;
        var kept = link.Query[1..].Split('&').Where(parameter => !Tracking().IsMatch(parameter)).ToArray();
        var query = kept.Length == 0 ? "" : $"?{string.Join('&', kept)}";
        return new Uri($"{link.GetLeftPart(UriPartial.Path)}{query}{link.Fragment}");
    }

    [GeneratedRegex("^(?:utm_[^=]*|[pm]tm_[^=]*|pk_[^=]*|at_(?:medium|campaign)|wt[._](?:mc|zmc)[^=]*|fbclid|gclid|dclid|msclkid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|icid|igshid|cmpid|ref_src)(?:=|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tracking();
}
