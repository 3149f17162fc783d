using System.Text.Json.Serialization;
using Kwid.Core.Care;

namespace Kwid.Cli.Control;

/// <summary>
/// What a verb asks of the data. Two implementations: <see cref="Operations"/> in the process that holds the data, <see cref="ControlClient"/> which
/// asks that process through its socket.
/// </summary>
internal interface IOperations
{
    /// <summary>Polls sources and publishes what came.</summary>
    /// <exception cref="ExitException">No such source, or it is not polled.</exception>
    Task<PollAnswer> PollAsync(PollRequest request, CancellationToken cancel);

    /// <summary>Writes all public feeds as files.</summary>
    /// <exception cref="ExitException">The folder can't be written, or nothing is public.</exception>
    Task<ExportAnswer> ExportAsync(ExportRequest request, CancellationToken cancel);

    /// <summary>Publishes a source's entries that wait for the operator, or puts them aside.</summary>
    /// <exception cref="ExitException">No such source, or nothing of it waits.</exception>
    Task<HeldAnswer> DecideHeldAsync(HeldRequest request, CancellationToken cancel);

    /// <summary>Lets through a refused configuration that would end many feeds.</summary>
    Task<AcceptAnswer> AcceptAsync(AcceptRequest request, CancellationToken cancel);

    /// <summary>Reads kept bodies again and compares them with what is stored.</summary>
    /// <exception cref="ExitException">No such source.</exception>
    Task<ReplayAnswer> ReplayAsync(ReplayRequest request, CancellationToken cancel);

    /// <summary>Tells an advisory's life.</summary>
    /// <exception cref="ExitException">No such advisory.</exception>
    Task<ExplainAnswer> ExplainAsync(ExplainRequest request, CancellationToken cancel);

    /// <summary>Takes an advisory back, and publishes that.</summary>
    /// <exception cref="ExitException">No such advisory, or nothing of it was told.</exception>
    Task<WithdrawAnswer> WithdrawAsync(WithdrawRequest request, CancellationToken cancel);

    /// <summary>Tells whom a notice reaches; publishes nothing.</summary>
    Task<PreviewAnswer> PreviewAsync(PreviewRequest request, CancellationToken cancel);

    /// <summary>Issues, tells of, rotates or revokes capabilities.</summary>
    /// <exception cref="ExitException">No such recipient or token, or it has ended already.</exception>
    Task<TokenAnswer> TokenAsync(TokenRequest request, CancellationToken cancel);

    /// <summary>Writes all that is stored into one file.</summary>
    /// <exception cref="ExitException">The file can't be written, or is there already.</exception>
    Task<BackupAnswer> BackupAsync(BackupRequest request, CancellationToken cancel);

    /// <summary>Checks the store against itself and against the shelf.</summary>
    Task<Verdict> VerifyAsync(VerifyRequest request, CancellationToken cancel);
}

/// <summary>What to poll.</summary>
/// <param name="Source">One source's id; null for all.</param>
/// <param name="DryRun">Ask and decide, but store and publish nothing.</param>
/// <param name="Explain">Tell what was asked and answered, and why the next poll is when it is.</param>
internal sealed record PollRequest(string? Source, bool DryRun = false, bool Explain = false);

/// <summary>What came of it.</summary>
/// <param name="Sources">In the order of the configuration.</param>
/// <param name="Edition">Number of the edition that was published; null when there was nothing to say.</param>
/// <param name="Fault">Why nothing could be published; null when nothing was in the way.</param>
internal sealed record PollAnswer(IReadOnlyList<PolledSource> Sources, int? Edition, string? Fault);

/// <summary>One source's poll, as <c>poll --json</c> shows it.</summary>
internal sealed record PolledSource(
    string Id, string Outcome, int? HttpStatus, int New, int Revised, IReadOnlyList<RejectedItem> Rejected, string? Error, DateTimeOffset NextPoll)
{
    /// <summary>How the source fares after it.</summary>
    public required PolledHealth Health { get; init; }

    /// <summary>Whether nothing was stored, on demand.</summary>
    public bool DryRun { get; init; }

    /// <summary>Each request with its answer; null unless it was to be explained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PolledExchange>? Exchanges { get; init; }

    /// <summary>Whether the request was conditional and what became of the validators; null unless it was to be explained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Validators { get; init; }

    /// <summary>Why the next poll is then; null unless it was to be explained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextPollReason { get; init; }
}

/// <summary>An item that could not become an entry.</summary>
internal sealed record RejectedItem(string What, string Reason);

/// <summary>Where to write; absolute.</summary>
internal sealed record ExportRequest(string Folder);

/// <summary>How many documents were written, and how many files of earlier exports are gone because they are public no more.</summary>
internal sealed record ExportAnswer(int Documents, int Removed);

/// <summary>What becomes of the entries that wait.</summary>
/// <param name="Source">The source's id.</param>
/// <param name="Release">True: they are published; false: stored, never announced.</param>
internal sealed record HeldRequest(string Source, bool Release);

/// <summary>What became of them.</summary>
/// <param name="Entries">How many there were.</param>
/// <param name="Edition">Number of the edition that publishes them; null when none does, or not yet.</param>
/// <param name="Fault">Why nothing could be published; null when nothing was in the way.</param>
internal sealed record HeldAnswer(int Entries, int? Edition, string? Fault);

/// <summary>Exactly what was refused last.</summary>
internal sealed record AcceptRequest;

/// <summary>What came of a reload.</summary>
/// <param name="InEffect">Whether the files as they stand are in effect now.</param>
/// <param name="Mistakes">Why not, a line each.</param>
internal sealed record AcceptAnswer(bool InEffect, IReadOnlyList<string> Mistakes);
