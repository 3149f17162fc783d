namespace Kwid.Core.Publishing;

/// <summary>What stands around a feed's entries.</summary>
/// <param name="Id"><c>tag:</c> URI of the feed.</param>
/// <param name="Title">At most 80 characters: mail programs cut folder names there.</param>
/// <param name="Subtitle">One sentence for people.</param>
/// <param name="Author">The service.</param>
/// <param name="Updated">Instant of the edition that last changed the feed.</param>
/// <param name="Self">Absolute address of this document.</param>
/// <param name="Page">Absolute address of the page for people.</param>
/// <param name="Previous">Absolute address of the newest archive document before this one (RFC 5005); null when there is none.</param>
/// <param name="Current">Set for an archive document: absolute address of the feed that it belongs to.</param>
internal sealed record FeedFrame(
    string Id, string Title, string Subtitle, string Author, DateTimeOffset Updated, string Self, string Page, string? Previous, string? Current);
