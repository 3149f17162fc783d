namespace Kwid.Service;

/// <summary>A time in which something that concerns the service as a whole was wrong.</summary>
/// <param name="Start">When it was noticed, UTC, whole seconds.</param>
/// <param name="Reason">What was found last and what to do; English, for the operator.</param>
/// <param name="Updated">When the reason changed last, UTC.</param>
/// <param name="End">When it was over, UTC; null while it lasts.</param>
internal sealed record ServiceFault(DateTimeOffset Start, string Reason, DateTimeOffset Updated, DateTimeOffset? End);
