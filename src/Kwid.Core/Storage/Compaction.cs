namespace Kwid.Core.Storage;

/// <summary>What a store's files gave back to the disk.</summary>
/// <param name="Before">Bytes.</param>
/// <param name="After">Bytes; as before where something stood in the way.</param>
/// <param name="Hindrance">What stood in the way, and what to do; null: nothing.</param>
public sealed record Compaction(long Before, long After, string? Hindrance = null);
