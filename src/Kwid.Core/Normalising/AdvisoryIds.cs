using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>
/// Publishers' own ids of the matter an entry is about. Looked for where a source says what the entry <em>is</em> – guid, page, and for some
/// the start of the title –, never in links and texts, where advisories name each other.
/// </summary>
internal static partial class AdvisoryIds
{
    /// <summary>A new publisher is a row.</summary>
    private static readonly Publisher[] Publishers =
    [
        // Portal WID-SEC-2026-0001, CSAF WID-SEC-W-2026-0001, in 2023 in lower case: the same advisory.
        new(Wid(), "WID-SEC-${year}-${number}", Host: "wid.cert-bund.de", QueryParameter: "name", InTitle: false),
        new(DfnCert(), "DFN-CERT-${year}-${number}", Host: "adv-archiv.dfn-cert.de", QueryParameter: "name", InTitle: true),
        new(Jvndb(), "JVNDB-${year}-${number}", Host: "jvndb.jvn.jp", QueryParameter: "name", InTitle: false),
    ];

    /// <summary>The id in its publisher's portal spelling; null when none is known.</summary>
    /// <param name="guid">As the source wrote it: an id, or an address.</param>
    /// <param name="permalink">The entry's page.</param>
    /// <param name="title">Plain text without tokens.</param>
    public static AdvisoryId? Find(string? guid, Uri? permalink, string title)
    {
        foreach (var publisher in Publishers)
            if (Find(publisher, guid, permalink, title) is { } id && AdvisoryId.IsValid(id)) return new AdvisoryId(id);
        return null;
    }

    private static string? Find(Publisher publisher, string? guid, Uri? permalink, string title)
    {
        if (guid?.Trim() is { Length: > 0 } text)
        {
            if (publisher.Id.Match(text) is { Success: true } whole && whole.Length == text.Length) return publisher.Canonical(whole);
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && InAddress(publisher, address) is { } inGuid) return inGuid;
        }

        if (permalink is not null && InAddress(publisher, permalink) is { } inLink) return inLink;
        return publisher.InTitle && publisher.Id.Match(title) is { Success: true, Index: 0 } start ? publisher.Canonical(start) : null;
    }

    /// <summary>Anywhere in an address of the publisher's host; on other hosts (mirrors, proxies) only as the parameter that the publisher uses.</summary>
    private static string? InAddress(Publisher publisher, Uri address)
    {
        if (address.Scheme is not ("http" or "https")) return null;
        if (address.Host.Equals(publisher.Host, StringComparison.OrdinalIgnoreCase) && publisher.Id.Match(address.PathAndQuery) is { Success: true } here) return publisher.Canonical(here);
        foreach (var parameter in address.Query.TrimStart('?').Split('&'))
        {
            if (parameter.Split('=') is not [var name, var value] || !name.Equals(publisher.QueryParameter, StringComparison.OrdinalIgnoreCase)) continue;
            if (publisher.Id.Match(value) is { Success: true } whole && whole.Length == value.Length) return publisher.Canonical(whole);
        }

        return null;
    }

    [GeneratedRegex(@"\bWID-SEC-(?:W-)?(?<year>[0-9]{4})-(?<number>[0-9]{4,6})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Wid();

    [GeneratedRegex(@"\bDFN-CERT-(?<year>[0-9]{4})-(?<number>[0-9]{4,6})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DfnCert();

    [GeneratedRegex(@"\bJVNDB-(?<year>[0-9]{4})-(?<number>[0-9]{6})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Jvndb();

    /// <param name="Id">The id in any spelling.</param>
    /// <param name="Template">Its one spelling, from the pattern's groups.</param>
    /// <param name="Host">Where the publisher's pages are.</param>
    /// <param name="QueryParameter">Which parameter names the id on any host.</param>
    /// <param name="InTitle">Whether titles begin with the id.</param>
    private sealed record Publisher(Regex Id, string Template, string Host, string QueryParameter, bool InTitle)
    {
        public string Canonical(Match match) => match.Result(Template).ToUpperInvariant();
    }
}
