using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>Tells whether an entry says something else than before: SHA-256 over every field that a reader sees.</summary>
public static class Fingerprint
{
    /// <summary>
    /// Hexadecimal, 32 characters. The upstream's date counts only where a native id stands behind it: publishers with ids announce an update by
    /// its date, while other feeds are rebuilt with a new date at every poll.
    /// </summary>
    public static string Of(Entry entry)
    {
        var text = new StringBuilder();
        foreach (var part in Parts(entry)) text.Append(part).Append('\u001f');
        // What feeds don't have leaves their fingerprints as they were before there were such fields.
        foreach (var part in Further(entry)) text.Append(part).Append('\u001f');
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    private static IEnumerable<string?> Parts(Entry entry) =>
    [
        entry.Title,
        entry.Html,
        entry.Permalink?.AbsoluteUri,
        entry.Severity?.ToString(),
        entry.SeverityWord,
        entry.Cvss is { } cvss ? string.Create(CultureInfo.InvariantCulture, $"{cvss.Version} {cvss.Score} {cvss.Vector}") : null,
        entry.NoPatch ? "no patch" : null,
        string.Join(' ', entry.Cves),
        entry.Tlp.Word(),
        string.Join('\u001e', entry.Categories),
        entry.NativeId is null ? null : entry.UpstreamDate?.ToString("O", CultureInfo.InvariantCulture),
    ];

    private static IEnumerable<string> Further(Entry entry)
    {
        if (entry.Version is { } version) yield return $"version {version}";
        if (entry.Status is { } status) yield return $"status {status}";
        if (entry.Exploitation is { } exploitation) yield return exploitation.ToString();
        if (entry.Withdrawn is { } reason) yield return $"withdrawn {reason}";
        if (entry.Unverified is { } doubt) yield return $"unverified {doubt}";
        if (entry.Recipients.Count > 0) yield return $"recipients {string.Join(' ', entry.Recipients.Order(StringComparer.Ordinal))}";
        if (entry.ValidUntil is { } end) yield return string.Create(CultureInfo.InvariantCulture, $"valid until {end:O}{(entry.IsExpired ? ", expired" : "")}");
        // What a notice relates to is a field of its own; elsewhere names follow from the references.
        if (entry.IsNotice) yield return $"names {string.Join(' ', entry.Names)}";
        foreach (var item in entry.History) yield return $"{item.Number}\u001e{item.Summary}";
        foreach (var product in entry.Products) yield return $"{product.Status}\u001e{product.Vendor}\u001e{product.Name}\u001e{product.Version}\u001e{product.Cpe}";
        foreach (var remediation in entry.Remediations) yield return $"{remediation.Kind}\u001e{remediation.Text}\u001e{remediation.Url}";
        foreach (var reference in entry.References) yield return $"{reference.Url}\u001e{reference.Text}";
    }
}
