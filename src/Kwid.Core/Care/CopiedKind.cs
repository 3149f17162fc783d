namespace Kwid.Core.Care;

/// <summary>What became of one kind of records in a copy.</summary>
/// <param name="Kind">As in <see cref="KindTally"/>.</param>
/// <param name="From">Records read.</param>
/// <param name="To">Records in the target afterwards.</param>
/// <param name="FromHash">Of those read.</param>
/// <param name="ToHash">Of those in the target.</param>
public sealed record CopiedKind(string Kind, long From, long To, string FromHash, string ToHash)
{
    /// <summary>Whether all arrived as it was.</summary>
    public bool IsEqual => From == To && FromHash == ToHash;
}
