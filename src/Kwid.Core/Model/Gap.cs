namespace Kwid.Core.Model;

/// <summary>A time from which entries of a source may be missing: its document no longer overlapped the one before.</summary>
/// <param name="From">Last poll before, UTC.</param>
/// <param name="To">The poll that found no overlap, UTC.</param>
/// <param name="Closed">Whether back-fill reached the known entries again, so that nothing is missing.</param>
public sealed record Gap(DateTimeOffset From, DateTimeOffset To, bool Closed);
