using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>A body of a source as it came, kept so that it can be read again.</summary>
/// <param name="Seen">When it came first, UTC.</param>
/// <param name="Document">With everything that reading it needs.</param>
/// <param name="Told">What was read of it then; null when it could not be read.</param>
public sealed record KeptBody(DateTimeOffset Seen, FetchedDocument Document, IReadOnlyList<KeptItem>? Told)
{
    /// <summary>When it came last, UTC: from then on its keeping counts. The same as <see cref="Seen"/> unless it came again.</summary>
    public DateTimeOffset LastSeen { get; init; } = Seen;
}

/// <summary>An entry that was read of a kept body.</summary>
/// <param name="Guid">The source's id of it.</param>
/// <param name="Title">For people.</param>
public sealed record KeptItem(string Guid, string Title);
