namespace Kwid.Core.Sources;

/// <summary>What is remembered of one item.</summary>
/// <param name="Item">The item's mark at the time; when it changes, its own page is asked again.</param>
internal sealed record DetailMark(string Item)
{
    /// <summary>Times asked in vain, since it stands there so.</summary>
    public int Tries { get; init; }

    /// <summary>Whether its own page was read.</summary>
    public bool Done { get; init; }

    /// <summary>When it was read first, UTC; null before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it was asked last, UTC; null before.</summary>
    public DateTimeOffset? Asked { get; init; }

    /// <summary>When it is asked next, UTC; null: not again.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Whether it is to be asked; also when it was asked in the future: the clock was set back since then.</summary>
    public bool IsDue(DateTimeOffset now) => Next is not null && (Next <= now || Asked > now);
}
