namespace Kwid.EndToEnd.Upstreams;

/// <summary>A request that the scripted upstream answered.</summary>
/// <param name="Path">What was asked for.</param>
/// <param name="IfNoneMatch">The validator that came with it; null without one.</param>
/// <param name="Status">The answer.</param>
/// <param name="ETag">Of the state at that moment.</param>
internal sealed record Asked(string Path, string? IfNoneMatch, int Status, string ETag);
