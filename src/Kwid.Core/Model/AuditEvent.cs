namespace Kwid.Core.Model;

/// <summary>A line of the audit log: what was decided, by which function, and about what. Never changed.</summary>
/// <param name="At">UTC.</param>
/// <param name="What">The kind of decision: <c>token-issued</c>, <c>withdrawn</c>, <c>configuration-changed</c>, …</param>
/// <param name="Subject">What it is about: an id, a key, a file's name.</param>
/// <param name="Detail">In words; no secret, no person. Null where nothing is to be added.</param>
public sealed record AuditEvent(DateTimeOffset At, string What, string Subject, string? Detail)
{
    /// <summary>Its place in the log, from 1 without gaps; given by the store.</summary>
    public long Number { get; init; }
}
