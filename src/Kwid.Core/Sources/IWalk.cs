using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>
/// The way from a source's address to its documents, one implementation per kind: reading an index belongs to the walk, reading a document to Reading.
/// </summary>
public interface IWalk
{
    /// <summary>Yields each document that may have changed since the state was stored, or the one failure that ended the walk.</summary>
    IAsyncEnumerable<WalkStep> WalkAsync(Source source, SourceState state, CancellationToken cancel);
}
