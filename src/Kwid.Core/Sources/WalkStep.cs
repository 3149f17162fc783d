namespace Kwid.Core.Sources;

/// <summary>One step of a walk.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="Cursor">The walk's memory once this step is committed; null keeps none.</param>
public sealed record WalkStep(FetchOutcome Outcome, string? Cursor);
