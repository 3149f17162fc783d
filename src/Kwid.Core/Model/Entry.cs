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

    /// <summary>True when it was told from a list only and its own page has not been read: a text may follow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsExcerpt { get; init; }

    /// <summary>Of something whose own page was read: the CVE ids that the list itself names. Only for the decision, not stored.</summary>
    [JsonIgnore]
    public IReadOnlyList<CveId> ListCves { get; init; } = [];

    /// <summary>Display name of the author.</summary>
    public string? Author { get; init; }

    /// <summary>Categories, distinct, in order, plain text.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>BCP 47 tag of the texts.</summary>
    public required string Language { get; init; }

    /// <summary>The later of the upstream's dates; null when it gave none.</summary>
    public DateTimeOffset? UpstreamDate => Updated is { } updated && (Published is not { } published || updated > published) ? updated : Published;
}
