namespace Kwid.Core.Sources;

/// <summary>When a source is asked next, and why then.</summary>
/// <param name="At">UTC.</param>
/// <param name="Reason">For the operator, English: <c>interval of 00:10:00, spread</c>.</param>
public sealed record PollPlan(DateTimeOffset At, string Reason);
