using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>One item as the source wrote it: texts decoded from XML, nothing interpreted. Null: the source did not say.</summary>
public sealed record RawEntry
{
    /// <summary><c>atom:id</c>, RSS <c>guid</c>, <c>rdf:about</c>.</summary>
    public string? Guid { get; init; }

    /// <summary>Whether the guid is said to be an address (RSS <c>isPermaLink</c>, true when absent).</summary>
    public bool GuidIsPermalink { get; init; }

    /// <summary>The entry's own page, possibly relative.</summary>
    public string? Link { get; init; }

    /// <summary>The page's own address where <see cref="Link"/> only counts clicks (<c>feedburner:origLink</c>).</summary>
    public string? OriginalLink { get; init; }

    /// <summary>What relative addresses in it are relative to: <c>xml:base</c> resolved against the document's address.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>Title; plain text or markup, see <see cref="TitleIsMarkup"/>.</summary>
    public string? Title { get; init; }

    /// <summary>True when the format says that the title is HTML; RSS does not say.</summary>
    public bool TitleIsMarkup { get; init; }

    /// <summary>RSS description or Atom summary, HTML.</summary>
    public string? Summary { get; init; }

    /// <summary>content:encoded or Atom content, HTML.</summary>
    public string? Content { get; init; }

    /// <summary>Date of first publication as written.</summary>
    public string? Published { get; init; }

    /// <summary>Date of the last change as written.</summary>
    public string? Updated { get; init; }

    /// <summary>Who wrote it, in the document's order.</summary>
    public IReadOnlyList<RawPerson> Authors { get; init; } = [];

    /// <summary>Display name of the first author.</summary>
    public string? Author => Authors.Select(author => author.Display).FirstOrDefault(name => name is not null);

    /// <summary>Categories' terms in order.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>All its links in order, its own page's and attached files among them.</summary>
    public IReadOnlyList<RawLink> Links { get; init; } = [];

    /// <summary>The publisher's own id of the matter where the format has a field for it (<c>sec:identifier</c>, <c>dfncert:refnum</c>).</summary>
    public string? Identifier { get; init; }

    /// <summary>Ids that it names in fields of their own: CVEs and other publishers' (<c>sec:references</c>, <c>dfncert:cve</c>).</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>CVSS base score in a field of its own (<c>sec:cvss</c>).</summary>
    public Cvss? Cvss { get; init; }

    /// <summary>What only a document with a field for each thing says; null for an item of a feed or page.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawDocument? Document { get; init; }

    /// <summary>Why the source took it back (RFC 6721 <c>at:deleted-entry</c>); empty when it gives no reason, null: it stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Withdrawn { get; init; }

    /// <summary>True when it was told from a list only and its own page has not been read: a text may follow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsExcerpt { get; init; }

    /// <summary>Where in the document it began, 1-based; 0 when unknown.</summary>
    public int Line { get; init; }
}
