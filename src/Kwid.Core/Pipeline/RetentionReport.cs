using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>What retention did.</summary>
/// <param name="Bared">Revisions that lost their texts.</param>
/// <param name="Removed">Revisions that went whole.</param>
/// <param name="Editions">Editions that lost publications, or texts that Kwid wrote itself.</param>
/// <param name="Fault">Why the shelf could not follow; null when it did.</param>
public sealed record RetentionReport(int Bared, int Removed, int Editions, string? Fault)
{
    /// <summary>What the store gave back to the disk; null: nothing.</summary>
    public Compaction? Compaction { get; init; }

    /// <summary>Whether anything was taken.</summary>
    public bool DidSomething => Bared + Removed + Editions > 0;
}
