namespace Kwid.Core.Care;

/// <summary>What a check of store and shelf comes to.</summary>
/// <param name="Kinds">What the store holds.</param>
/// <param name="Edition">The last edition checked; 0 before the first.</param>
/// <param name="Texts">Texts on the shelf.</param>
/// <param name="Findings">The first of them.</param>
/// <param name="Found">How many there are.</param>
public sealed record Verdict(IReadOnlyList<KindTally> Kinds, int Edition, int Texts, IReadOnlyList<Finding> Findings, long Found)
{
    /// <summary>Whether all is as it should be.</summary>
    public bool IsWell => Found == 0;
}
