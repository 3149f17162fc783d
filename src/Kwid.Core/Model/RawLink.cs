namespace Kwid.Core.Model;

/// <summary>A link of a feed or an entry, as written.</summary>
/// <param name="Address">Possibly relative.</param>
/// <param name="Relation">Link relation (RFC 8288 §2.1.1): <c>alternate</c> for the page itself, <c>enclosure</c> for an attached file, <c>in-reply-to</c> for the entry that it goes on from (RFC 4685), and others.</param>
public sealed record RawLink(string Address, string Relation)
{
    /// <summary>Media type; null when the source did not say.</summary>
    public string? Type { get; init; }

    /// <summary>Title for people; null when the source did not say.</summary>
    public string? Title { get; init; }

    /// <summary>Language of what it leads to; null when the source did not say.</summary>
    public string? Language { get; init; }

    /// <summary>In bytes, as written; null when the source did not say.</summary>
    public string? Length { get; init; }

    /// <summary>Whether it leads to an attached file.</summary>
    public bool IsEnclosure => Relation == "enclosure";

    /// <summary>Whether it leads to something of the matter besides the entry's own page.</summary>
    public bool IsFurther => Relation is "enclosure" or "related" or "via";
}
