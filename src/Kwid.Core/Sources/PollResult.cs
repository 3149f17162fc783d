namespace Kwid.Core.Sources;

/// <summary>What <see cref="PollClock"/> needs to know of a poll that has just ended.</summary>
/// <param name="Succeeded">Whether the source was answered and its documents could be read; a 304 counts.</param>
/// <param name="RetryAfter">How long the server asks to be left alone; null when it did not say.</param>
/// <param name="Hint">How long server or document suggest to wait (ttl, sy:updatePeriod, Cache-Control, Expires); null when neither did.</param>
public sealed record PollResult(bool Succeeded, TimeSpan? RetryAfter = null, TimeSpan? Hint = null)
{
    /// <summary>A poll that went well.</summary>
    public static PollResult Success { get; } = new(true);

    /// <summary>Whether the publisher says that the document is gone for good (410).</summary>
    public bool IsGone { get; init; }

    /// <summary>Whether nobody is to blame for the failure but our own line.</summary>
    public bool IsOurLine { get; init; }

    /// <summary>Whether nothing was asked, because the host wants to be left alone.</summary>
    public bool IsPostponed { get; init; }

    /// <summary>A poll that did not.</summary>
    public static PollResult Failure(TimeSpan? retryAfter = null) => new(false, retryAfter);

    /// <summary>The result of a poll whose last step came out so.</summary>
    public static PollResult Of(FetchOutcome outcome) => outcome is FetchOutcome.Failed failed
        ? Failure(failed.RetryAfter) with { IsGone = failed.Status == 410, IsPostponed = failed.IsPostponed }
        : Success;
}
