using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>What became of one raw entry.</summary>
public abstract record NormaliseOutcome
{
    private NormaliseOutcome()
    {
    }

    /// <summary>It became an entry.</summary>
    public sealed record Accepted(Entry Entry) : NormaliseOutcome;

    /// <summary>It could not; the source's health tells why.</summary>
    public sealed record Refused(Rejected Rejected) : NormaliseOutcome;
}
