namespace Kwid.Core.Model;

/// <summary>A time in which a source was not well, for the operator's feed. Told once, however many polls failed.</summary>
/// <param name="Start">When it began, UTC, whole seconds: its id together with the source's.</param>
/// <param name="State">How it was last while it lasted.</param>
/// <param name="Reason">What was found last, and what to do; English.</param>
/// <param name="Polls">Polls that found it so.</param>
/// <param name="Updated">When state or reason changed last, UTC.</param>
/// <param name="End">When it was over, UTC; null while it lasts.</param>
public sealed record Outage(DateTimeOffset Start, HealthState State, string? Reason, int Polls, DateTimeOffset Updated, DateTimeOffset? End);
