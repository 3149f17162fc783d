namespace Kwid.Core.Model;

/// <summary>What is remembered of a source between polls and over restarts. Written in one transaction with the entries it stands for.</summary>
public sealed record SourceState
{
    /// <summary>Whose state it is.</summary>
    public required SourceId Source { get; init; }

    /// <summary>Fingerprint of the address, default label and selectors that <see cref="Validators"/> and <see cref="Cursor"/> belong to; another one makes a first poll.</summary>
    public required string Address { get; init; }

    /// <summary>For the next conditional request.</summary>
    public Validators Validators { get; init; } = Validators.None;

    /// <summary>The walk's own memory; null before its first poll.</summary>
    public string? Cursor { get; init; }

    /// <summary>When the first poll of this address was fully committed, UTC; null before.</summary>
    public DateTimeOffset? FirstPollDone { get; init; }

    /// <summary>Last attempt, UTC.</summary>
    public DateTimeOffset? LastPoll { get; init; }

    /// <summary>Last attempt that was answered (a 304 counts), UTC.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Last time that an unknown advisory came, UTC.</summary>
    public DateTimeOffset? LastNew { get; init; }

    /// <summary>HTTP status of the last attempt; null when none was answered or the source is a file.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Entries in the last document read.</summary>
    public int LastEntries { get; init; }

    /// <summary>Items of the last document that could not become entries.</summary>
    public int LastRejected { get; init; }

    /// <summary>Attempts failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>What went wrong last, for the operator; null when the last attempt was well.</summary>
    public string? Error { get; init; }

    /// <summary>What was odd in the last document though it was read; null when nothing.</summary>
    public string? Remark { get; init; }

    /// <summary>Since when <see cref="Remark"/> is as it is, UTC; null while there is none.</summary>
    public DateTimeOffset? RemarkSince { get; init; }

    /// <summary>How long its last document suggests to wait between two polls; null when it does not say.</summary>
    public TimeSpan? SuggestedPause { get; init; }

    /// <summary>When it is asked next, UTC; null when it never was asked.</summary>
    public DateTimeOffset? NextPoll { get; init; }

    /// <summary>Why it is asked then; English, for the operator.</summary>
    public string? NextPollReason { get; init; }

    // Generated readers of JSON set init properties that are not in the text to null, whatever their initialisers say: states of earlier versions lack these.

    /// <summary>How it fares.</summary>
    public SourceCondition Condition { get => field ?? SourceCondition.Unknown; init; }

    /// <summary>The measure for what is unusual.</summary>
    public SourceHistory History { get => field ?? SourceHistory.None; init; }

    /// <summary>First of the polls that failed in a row, UTC; null while it is answered.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>First answered poll after the last failed one, UTC; null while it fails and before the first.</summary>
    public DateTimeOffset? AnsweringSince { get; init; }

    /// <summary>Bytes of the last body, content coding removed; null before the first.</summary>
    public long? LastBytes { get; init; }

    /// <summary>When its server's certificate ends, UTC; null where none is known.</summary>
    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>Where it has moved to for good, without credentials; null when it has not.</summary>
    public string? MovedTo { get; init; }

    /// <summary>Until when its server wants to be left alone, UTC; null when it did not ask for that.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Possible gaps so far.</summary>
    public int Gaps { get; init; }

    /// <summary>The last possible gap; null before the first.</summary>
    public Gap? LastGap { get; init; }

    /// <summary>New entries that wait for the operator; null when none do.</summary>
    public HeldBatch? Held { get; init; }

    /// <summary>The last ten outages, oldest first; the last one may go on.</summary>
    public IReadOnlyList<Outage> Outages { get => field ?? []; init; }
}
