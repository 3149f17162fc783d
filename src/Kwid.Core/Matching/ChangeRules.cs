using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>
/// Names what changed between two states of an advisory, field by field, each with the id of the rule that names it. What the publisher itself writes of its revisions is named by
/// <see cref="WordingRules"/>.
/// </summary>
public static class ChangeRules
{
    /// <summary>All differences; empty when a reader would see none.</summary>
    public static IReadOnlyList<Change> Compare(Entry before, Entry after)
    {
        var changes = new List<Change>();
        before = Baring.Complete(before, after);
        AddWithdrawal(changes, before, after);
        AddExploitation(changes, before, after);
        if (before.Severity != after.Severity) changes.Add(Severity(before, after));
        else Add(changes, "severity", before.SeverityWord, after.SeverityWord, "severity-word");
        AddFix(changes, before, after);
        AddCves(changes, before, after);
        if (before.Tlp != after.Tlp)
            changes.Add(new Change("tlp", after.Tlp > before.Tlp ? "tlp-tightened" : "tlp-loosened", before.Tlp.Word(), after.Tlp.Word()));
        if (before.Source != after.Source) changes.Add(new Change("source", "source", before.Source.ToString(), after.Source.ToString()));
        AddProducts(changes, before, after);
        Add(changes, "title", before.Title, after.Title);
        Add(changes, "text", before.Html, after.Html);
        Add(changes, "link", before.Permalink?.AbsoluteUri, after.Permalink?.AbsoluteUri);
        Add(changes, "score", Score(before), Score(after));
        Add(changes, "remediations", Remediations(before), Remediations(after));
        Add(changes, "references", References(before), References(after));
        Add(changes, "categories", string.Join(", ", before.Categories), string.Join(", ", after.Categories));
        Add(changes, "status", before.Status?.ToString(), after.Status?.ToString());
        Add(changes, "verification", before.Unverified, after.Unverified);
        Add(changes, "version", before.Version, after.Version);
        Add(changes, "updated", Date(before), Date(after));
        AddAddress(changes, before, after);
        return before.IsNotice && after.IsNotice ? [.. changes.Select(change => IsCorrection(change, before, after) ? change with { News = News.Corrected } : change)] : changes;
    }

    /// <summary>Who else is addressed is nobody's business: that change bears no values.</summary>
    private static void AddAddress(List<Change> changes, Entry before, Entry after)
    {
        if (!before.Recipients.Order(StringComparer.Ordinal).SequenceEqual(after.Recipients.Order(StringComparer.Ordinal), StringComparer.Ordinal)) changes.Add(new Change("recipients", "recipients", null, null));
        if (before.ValidUntil != after.ValidUntil) changes.Add(new Change("validUntil", "valid-until", Instant(before.ValidUntil), Instant(after.ValidUntil)));
        if (before.IsExpired != after.IsExpired) changes.Add(new Change("expired", after.IsExpired ? "expired" : "valid-again", null, null));
    }

    /// <summary>Who changes the words of a notice wants them read again, be it one of them: nobody's tool does that by itself. A text that is only broken into other lines says the same.</summary>
    private static bool IsCorrection(Change change, Entry before, Entry after) => (change.News is null or News.ProductsAdded) && change.Rule switch
    {
        "text" => !Words(before.Html).SequenceEqual(Words(after.Html), StringComparer.Ordinal),
        "title" or "severity" or "severity-down" or "products" or "products-added" or "products-removed" or "valid-again" => true,
        _ => false,
    };

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static void AddWithdrawal(List<Change> changes, Entry before, Entry after)
    {
        if (before.Withdrawn is null != after.Withdrawn is null)
            changes.Add(new Change("withdrawn", after.Withdrawn is null ? "reinstated" : "withdrawn", before.Withdrawn, after.Withdrawn));
        else Add(changes, "withdrawn", before.Withdrawn, after.Withdrawn, "withdrawal-reason");
    }

    private static void AddExploitation(List<Change> changes, Entry before, Entry after)
    {
        if (before.Exploitation == after.Exploitation) return;
        var rule = (before.Exploitation?.Level, after.Exploitation?.Level) switch
        {
            var (was, now) when now is null || now <= was => "exploitation",
            (_, ExploitationLevel.Exploited) => "exploited",
            (_, ExploitationLevel.Suspected) => "exploitation-suspected",
            _ => "poc",
        };
        changes.Add(new Change("exploitation", rule, Attacks(before), Attacks(after)));
    }

    private static Change Severity(Entry before, Entry after)
    {
        // An absent severity is not a low one: nothing rises from or falls to "not said".
        var rule = (before.Severity, after.Severity) switch
        {
            ({ } was, { } now) when now > was => "severity-up",
            ({ }, { }) => "severity-down",
            (null, Model.Severity.Critical) => "severity-up",
            _ => "severity",
        };
        return new Change("severity", rule, before.SeverityWord ?? before.Severity?.ToString(), after.SeverityWord ?? after.Severity?.ToString());
    }

    /// <summary>That there was no update, and is one now, or the other way round. A further version that mends it is no news.</summary>
    private static void AddFix(List<Change> changes, Entry before, Entry after)
    {
        var (had, has) = (Merging.HasFix(before), Merging.HasFix(after));
        if (before.NoPatch != after.NoPatch)
            changes.Add(new Change("patch", after.NoPatch ? "fix-withdrawn" : "fix-available", before.NoPatch ? "none" : null, after.NoPatch ? "none" : null));
        else if (had != has) changes.Add(new Change("patch", has ? "fix-available" : "fix-withdrawn", had ? "known" : null, has ? "known" : null));
        if (!has && !had && HasWorkaround(before) != HasWorkaround(after))
            changes.Add(new Change("workaround", HasWorkaround(after) ? "workaround-available" : "workaround-gone", null, null));
    }

    private static void AddCves(List<Change> changes, Entry before, Entry after)
    {
        var added = after.Cves.Except(before.Cves).ToList();
        var removed = before.Cves.Except(after.Cves).ToList();
        if (added.Count > 0) changes.Add(new Change("cves", "cve-added", null, Shorten(string.Join(' ', added))));
        if (removed.Count > 0) changes.Add(new Change("cves", "cve-removed", Shorten(string.Join(' ', removed)), null));
    }

    private static void AddProducts(List<Change> changes, Entry before, Entry after)
    {
        var added = after.Products.Except(before.Products).ToList();
        var removed = before.Products.Except(after.Products).ToList();
        if (added.Exists(product => product.Status is ProductStatus.Affected)) changes.Add(new Change("products", "products-added", null, Names(added.Where(product => product.Status is ProductStatus.Affected))));
        else if (added.Count > 0) changes.Add(new Change("products", "products", null, Names(added)));
        if (removed.Count > 0) changes.Add(new Change("products", "products-removed", Names(removed), null));
    }

    private static void Add(List<Change> changes, string field, string? before, string? after, string? rule = null)
    {
        if (!string.Equals(before, after, StringComparison.Ordinal)) changes.Add(new Change(field, rule ?? field, Shorten(before), Shorten(after)));
    }

    /// <summary>Changes are for explanations; the texts themselves stand in the revisions.</summary>
    private static string? Shorten(string? text) => text is { Length: > 200 } ? text[..200] + "…" : text;

    private static bool HasWorkaround(Entry entry) => entry.Remediations.Any(remediation => remediation.Kind is RemediationKind.Workaround or RemediationKind.Mitigation);

    private static string? Names(IEnumerable<Product> products) => Shorten(string.Join(", ", products.Select(product => $"{product.Name} {product.Version}".TrimEnd()).Distinct(StringComparer.Ordinal)));

    private static string Remediations(Entry entry) => string.Join('\n', entry.Remediations.Select(remediation => $"{remediation.Kind}: {remediation.Text} {remediation.Url}"));

    private static string References(Entry entry) => string.Join('\n', entry.References.Select(reference => reference.Url.AbsoluteUri));

    private static string? Attacks(Entry entry) => entry.Exploitation is { } known ? known.By is { } by ? $"{known.Level} ({by})" : known.Level.ToString() : null;

    private static string? Score(Entry entry) => entry.Cvss is { } cvss ? string.Create(CultureInfo.InvariantCulture, $"{cvss.Version}: {cvss.Score:0.0} {cvss.Vector}").TrimEnd() : null;

    private static string? Date(Entry entry) => Instant(entry.UpstreamDate);

    private static string? Instant(DateTimeOffset? instant) => instant?.ToString("O", CultureInfo.InvariantCulture);
}
