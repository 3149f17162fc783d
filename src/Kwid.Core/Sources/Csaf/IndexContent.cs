namespace Kwid.Core.Sources.Csaf;

/// <summary>What an index lists.</summary>
/// <param name="Entries">In its order, each address once.</param>
/// <param name="Unusable">Lines or entries that name no document; empty when all was well.</param>
internal sealed record IndexContent(IReadOnlyList<IndexEntry> Entries, IReadOnlyList<string> Unusable);
