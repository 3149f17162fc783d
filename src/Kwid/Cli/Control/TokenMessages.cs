namespace Kwid.Cli.Control;

/// <summary>What to do with capabilities.</summary>
internal enum TokenAction
{
    /// <summary>Make new ones.</summary>
    Issue,

    /// <summary>Tell of all.</summary>
    List,

    /// <summary>Put a new one in the place of one.</summary>
    Rotate,

    /// <summary>End one now.</summary>
    Revoke,
}

/// <summary>An order about capabilities.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Subject">A recipient's key or a provider's feed part or id to issue or list; a capability's id to rotate or revoke; null: all.</param>
/// <param name="Label">Of new ones: the function that holds it.</param>
/// <param name="Lasts">How long new ones work; of a rotated one, how long it works on. Null: for ever, or not at all.</param>
internal sealed record TokenRequest(TokenAction Action, string? Subject, string? Label = null, TimeSpan? Lasts = null)
{
    /// <summary>To issue to all: to all providers instead of all recipients.</summary>
    public bool ForProviders { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="Tokens">Those that were made, ended or are to be told of.</param>
/// <param name="Skipped">Keys that have one already, when all were asked for.</param>
/// <param name="Fault">Why feeds could not be published yet; null when nothing was in the way.</param>
internal sealed record TokenAnswer(IReadOnlyList<ToldToken> Tokens, IReadOnlyList<string> Skipped, string? Fault);

/// <summary>One capability as an operator sees it.</summary>
internal sealed record ToldToken(string Id, string Key, string Name, string Label, DateTimeOffset Issued, DateTimeOffset? End, bool InForce)
{
    /// <summary>When it was used last.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>With what kind of reader.</summary>
    public string? LastReader { get; init; }

    /// <summary>The newest urgent publications with their first fetch.</summary>
    public IReadOnlyList<ToldFetch> UrgentFetches { get; init; } = [];

    /// <summary>Address of a recipient's page; of new ones only, since nobody can tell it later.</summary>
    public string? Page { get; init; }

    /// <summary>Address of the Atom feed; of new ones only.</summary>
    public string? Atom { get; init; }

    /// <summary>Address of the RSS feed; of new ones only.</summary>
    public string? Rss { get; init; }

    /// <summary>Address of a provider's list; of new ones only.</summary>
    public string? Opml { get; init; }
}

/// <summary>That something urgent came to a reader.</summary>
internal sealed record ToldFetch(string Entry, DateTimeOffset Published, DateTimeOffset Fetched);
