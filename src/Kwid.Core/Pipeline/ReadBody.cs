using Kwid.Core.Model;
using Kwid.Core.Normalising;

namespace Kwid.Core.Pipeline;

/// <summary>One document and what was read of it.</summary>
/// <param name="Document">As it may be shown: of a secret address the host alone.</param>
/// <param name="Read">What Reading found; null when nothing can be read of it.</param>
/// <param name="Entries">What became entries.</param>
/// <param name="Rejected">What did not.</param>
internal sealed record ReadBody(FetchedDocument Document, ReadDocument? Read, IReadOnlyList<Entry> Entries, IReadOnlyList<Rejected> Rejected)
{
    /// <summary>What became of the notice that it is; null for every other document.</summary>
    public NoticeOutcome? Notice { get; init; }

    /// <summary>What could not be read, for the operator.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}
