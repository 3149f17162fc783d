namespace Kwid.Core.Model;

/// <summary>One document as it came from a source.</summary>
/// <param name="Address">Where it was found in the end, after redirects: the base of its relative links.</param>
/// <param name="Body">The bytes, content coding removed.</param>
/// <param name="ContentType">The Content-Type header, a hint only; null when none came.</param>
/// <param name="ContentLocation">The Content-Location header; null when none came.</param>
public sealed record FetchedDocument(Uri Address, ReadOnlyMemory<byte> Body, string? ContentType, Uri? ContentLocation = null)
{
    /// <summary>What its publisher dates earlier is no news: a document of a first import, or one that was listed before without being read; null: all of it is.</summary>
    public DateTimeOffset? NewsSince { get; init; }

    /// <summary>Why it is not certain that these are the publisher's bytes; null: they are, or there was nothing to check.</summary>
    public string? Unverified { get; init; }

    /// <summary>The label of the index that listed it, where that is a closed one: a document that bears none is no freer than this; null: it says nothing.</summary>
    public Tlp? Label { get; init; }

    /// <summary>What is known of its items beyond it; null for everything but a page whose items have pages of their own.</summary>
    public PageDetails? Details { get; init; }
}
