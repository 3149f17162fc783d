namespace Kwid.Core.Model;

/// <summary>What an incoming entry is, compared with what is known. Knows no recipient.</summary>
/// <param name="Advisory">Which matter it tells.</param>
public abstract record MatchDecision(AdvisoryId Advisory)
{
    /// <summary>Nothing known has one of its keys.</summary>
    public sealed record New(AdvisoryId Advisory) : MatchDecision(Advisory);

    /// <summary>Known, and nothing changed.</summary>
    public sealed record Same(AdvisoryId Advisory) : MatchDecision(Advisory);

    /// <summary>Known, and it says something else now.</summary>
    public sealed record Revised(AdvisoryId Advisory, int Number, IReadOnlyList<Change> Changes) : MatchDecision(Advisory);
}
