using Kwid.Core.Pipeline;

namespace Kwid.Cli.Control;

/// <summary>What to read again.</summary>
/// <param name="Source">One source's id; null for all.</param>
/// <param name="Commit">Whether differences are taken in.</param>
internal sealed record ReplayRequest(string? Source, bool Commit);

/// <summary>What came of it.</summary>
/// <param name="Sources">Those of which bodies are kept, in the order of the configuration.</param>
/// <param name="Without">Those of which none are.</param>
/// <param name="Edition">Number of the edition that was published; null when there was nothing to say.</param>
/// <param name="Fault">Why nothing could be published; null when nothing was in the way.</param>
internal sealed record ReplayAnswer(IReadOnlyList<ReplayReport> Sources, IReadOnlyList<string> Without, int? Edition, string? Fault)
{
    /// <summary>Why bodies could not be kept or found; null when all could.</summary>
    public string? Warning { get; init; }
}
