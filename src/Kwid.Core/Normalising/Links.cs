using System.Text;
using System.Text.RegularExpressions;

namespace Kwid.Core.Normalising;

/// <summary>References made absolute and freed of what only counts clicks.</summary>
internal static partial class Links
{
    /// <summary>Longest address kept, in characters; longer ones are data, not addresses.</summary>
    private const int Longest = 2048;

    /// <summary>
    /// The address of a web page, canonical: lower-case host, no tracking parameters, fragment kept. Null for anything else, and for addresses
    /// with a name and password in them: they are a secret or a trick.
    /// </summary>
    public static Uri? Find(string? reference, Uri address) =>
        Resolve(reference, address) is { Scheme: "http" or "https", Host.Length: > 0, UserInfo.Length: 0 } found ? WithoutTracking(found) : null;

    /// <summary>As <see cref="Find"/>, and mail addresses too: what a link in a body may lead to.</summary>
    public static Uri? FindForBody(string? reference, Uri address) => Resolve(reference, address) is { Scheme: "mailto" } mail ? mail : Find(reference, address);

    private static Uri? Resolve(string? reference, Uri address)
    {
        if (string.IsNullOrWhiteSpace(reference)) return null;
        var text = Squeeze(reference);
        return text.Length is > 0 and <= Longest && Uri.TryCreate(address, text, out var found) && found.IsAbsoluteUri && found.AbsoluteUri.Length <= Longest * 3 ? found : null;
    }

    /// <summary>Without control characters, and without the blanks around it and the line breaks in it (WHATWG URL §4.4).</summary>
    private static string Squeeze(string reference)
    {
        var text = new StringBuilder(reference.Length);
        foreach (var c in PlainText.Clean(reference).Trim())
            if (c is not ('\n' or '\r' or '\t')) text.Append(c);
        return text.ToString();
    }

    private static Uri WithoutTracking(Uri link)
    {
        if (link.Query.Length < 2) return link;
        var kept = link.Query[1..].Split('&').Where(parameter => !Tracking().IsMatch(parameter)).ToArray();
        if (kept.Length == link.Query.AsSpan().Count('&') + 1) return link;
        var query = kept.Length == 0 ? "" : $"?{string.Join('&', kept)}";
        return new Uri($"{link.GetLeftPart(UriPartial.Path)}{query}{link.Fragment}");
    }

    [GeneratedRegex("^(?:utm_[^=]*|[pm]tm_[^=]*|pk_[^=]*|at_(?:medium|campaign)|wt[._](?:mc|zmc)[^=]*|fbclid|gclid|dclid|msclkid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|icid|igshid|cmpid|ref_src)(?:=|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Tracking();
}
