namespace Kwid.Core.Model;

/// <summary>What an incoming entry is, compared with what is known. Knows no recipient.</summary>
public abstract record MatchDecision
{
    private MatchDecision() { }

    /// <summary>Nothing known has one of its keys.</summary>
    public sealed record New(AdvisoryId Id) : MatchDecision;

    /// <summary>Known, and nothing changed.</summary>
    public sealed record Same(AdvisoryId Id) : MatchDecision;

    /// <summary>Known, and it says something else now.</summary>
    public sealed record Revised(AdvisoryId Id, int Number, IReadOnlyList<Change> Changes) : MatchDecision;
}
