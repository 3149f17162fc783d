using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>What is stored of an advisory.</summary>
/// <param name="Last">Its newest revision; null when it has none, or its text is no longer stored.</param>
/// <param name="Statements">What each source said last, who told it first first.</param>
/// <param name="AreKept">Whether they are stored by themselves, and not only as the newest revision.</param>
internal sealed record Told(Revision? Last, IReadOnlyList<Entry> Statements, bool AreKept)
{
    /// <summary>Of what is unknown.</summary>
    public static Told Nothing { get; } = new(null, [], false);
}
