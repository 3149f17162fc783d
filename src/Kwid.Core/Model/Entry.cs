using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>One upstream item after normalising: what a source said, in Kwid's terms. Null: the source did not say.</summary>
public sealed record Entry
{
    /// <summary>Where it came from.</summary>
    public required SourceId Source { get; init; }

    /// <summary>The source's permanent id, compared byte for byte (RFC 4287 §4.2.6.1); permalink or a hash where it has none.</summary>
    public required string Guid { get; init; }

    /// <summary>The publisher's id of the matter, such as <c>WID-SEC-2026-0001</c>; null when it has none that Kwid knows.</summary>
    public AdvisoryId? NativeId { get; init; }

    /// <summary>Absolute http(s) address of the entry's own page.</summary>
    public Uri? Permalink { get; init; }

    /// <summary>Plain text without the tokens (NEU, severity) that are fields here; never empty.</summary>
    public required string Title { get; init; }

    /// <summary>Body as sanitised HTML with absolute addresses; empty when the source gave none.</summary>
    public required string Html { get; init; }

    /// <summary>The body's text without markup; empty when the source gave none.</summary>
    public required string Text { get; init; }

    /// <summary>First publication upstream, UTC, whole seconds.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>Last change upstream, UTC, whole seconds.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Band of <see cref="SeverityWord"/> or of the score.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The source's own word for the severity.</summary>
    public string? SeverityWord { get; init; }

    /// <summary>Base score; null when the source gave none.</summary>
    public Cvss? Cvss { get; init; }

    /// <summary>True when the source says that no update exists (WID: UNGEPATCHT).</summary>
    public bool NoPatch { get; init; }

    /// <summary>CVE ids named, distinct, sorted.</summary>
    public IReadOnlyList<CveId> Cves { get; init; } = [];

    /// <summary>The document's label, or its source's default.</summary>
    public required Tlp Tlp { get; init; }

    /// <summary>Whom it is addressed to: recipients' keys, and beginnings of official keys; empty: nobody in particular.</summary>
    public IReadOnlyList<string> Recipients { get => field ?? []; init; }

    /// <summary>Until when it holds, UTC; null: it does not say.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>True when <see cref="ValidUntil"/> is over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsExpired { get; init; }

    /// <summary>True when it is one of our own notices.</summary>
    [JsonIgnore]
    public bool IsNotice => NativeId is { IsNotice: true };

    /// <summary>True when it came as a document with a field for each thing (CSAF): it knows better than a feed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsStructured { get; init; }

    /// <summary>True when the document itself bears the label, false when it is its source's default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLabelled { get; init; }

    /// <summary>The publisher's own version of the document (CSAF <c>tracking.version</c>).</summary>
    public string? Version { get; init; }

    /// <summary>The document's status; null when it has none.</summary>
    public DocumentStatus? Status { get; init; }

    /// <summary>The publisher's own revisions, oldest first.</summary>
    public IReadOnlyList<HistoryItem> History { get => field ?? []; init; }

    /// <summary>Products, affected ones and those that mend it, in the source's order.</summary>
    public IReadOnlyList<Product> Products { get => field ?? []; init; }

    /// <summary>What can be done, in the source's order.</summary>
    public IReadOnlyList<Remediation> Remediations { get => field ?? []; init; }

    /// <summary>Documents that it names, in the source's order.</summary>
    public IReadOnlyList<Reference> References { get => field ?? []; init; }

    /// <summary>Other publishers' ids among them, distinct, sorted.</summary>
    public IReadOnlyList<AdvisoryId> Names { get => field ?? []; init; }

    /// <summary>What an attacker gains, the gravest first; empty when the source's words don't say.</summary>
    public IReadOnlyList<Effect> Effects { get => field ?? []; init; }

    /// <summary>True when the source says that it works over the network.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRemote { get; init; }

    /// <summary>True when the source says that it needs no login.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NeedsNoLogin { get; init; }

    /// <summary>What is known of attacks; null: nothing.</summary>
    public Exploitation? Exploitation { get; init; }

    /// <summary>Why the publisher took it back; null: it stands.</summary>
    public string? Withdrawn { get; init; }

    /// <summary>True when it says only that it is taken back (RFC 6721): all else stands in what was said before.</summary>
    [JsonIgnore]
    public bool IsTombstone => Withdrawn is not null && !IsStructured && Text.Length == 0 && Title == Guid;

    /// <summary>Why it is not certain that these are the publisher's bytes (hash or signature do not fit); null: they are, or there was nothing to check.</summary>
    public string? Unverified { get; init; }

    /// <summary>What is dated earlier is no news: its document is one of a first import, or was listed but not read. Only for the decision, not stored.</summary>
    [JsonIgnore]
    public DateTimeOffset? NewsSince { get; init; }

    /// <summary>True when it was told from a list only and its own page has not been read: a text may follow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsExcerpt { get; init; }

    /// <summary>Of something whose own page was read: the CVE ids that the list itself names. Only for the decision, not stored.</summary>
    [JsonIgnore]
    public IReadOnlyList<CveId> ListCves { get; init; } = [];

    /// <summary>True when retention took its texts: what it lacks it may have had.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBared { get; init; }

    /// <summary>Display name of the author.</summary>
    public string? Author { get; init; }

    /// <summary>Categories, distinct, in order, plain text.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>BCP 47 tag of the texts.</summary>
    public required string Language { get; init; }

    /// <summary>Whether it is addressed to a recipient by name; what is addressed to nobody in particular is not.</summary>
    public bool IsAddressedTo(RecipientKey key)
    {
        var text = key.ToString();
        return Recipients.Any(recipient => recipient == text || (char.IsAsciiDigit(recipient[0]) && Ags.IsValid(text) && text.StartsWith(recipient, StringComparison.Ordinal)));
    }

    /// <summary>The later of the upstream's dates; null when it gave none.</summary>
    public DateTimeOffset? UpstreamDate => Updated is { } updated && (Published is not { } published || updated > published) ? updated : Published;
}
