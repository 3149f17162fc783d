namespace Kwid.Core.Model;

/// <summary>A source's health as its last poll left it.</summary>
/// <param name="State">In one word.</param>
/// <param name="Since">When it became so, UTC; null before the first poll.</param>
/// <param name="Reason">What was found and what to do, English, for the operator; null when all is well.</param>
public sealed record SourceCondition(HealthState State, DateTimeOffset? Since, string? Reason)
{
    /// <summary>Of a source that was never asked.</summary>
    public static SourceCondition Unknown { get; } = new(HealthState.Ok, null, null);
}
