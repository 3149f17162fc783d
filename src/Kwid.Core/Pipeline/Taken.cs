using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>What a document's entries came to, so far as they are committed.</summary>
/// <param name="New">Advisories that were unknown.</param>
/// <param name="Revised">Advisories that say something else now.</param>
/// <param name="Waiting">Of both, those that wait for the operator.</param>
public sealed record Taken(int New, int Revised, IReadOnlyList<RevisionKey> Waiting)
{
    /// <summary>Nothing yet.</summary>
    public static Taken Nothing { get; } = new(0, 0, []);
}
