using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Storage;
using Kwid.Service;
using Quartz;

namespace Kwid.Scheduling;

/// <summary>Polls one source when its trigger fires, then sets the next. All thinking is in <see cref="Ingest"/>.</summary>
[DisallowConcurrentExecution]
internal sealed partial class PollSourceJob(Installation installation, PollSchedule schedule, FirstSweep sweep, EditionSignal signal, ServiceCondition condition, Stopping stopping, ILogger<PollSourceJob> log) : IJob
{
    /// <summary>Key of the source's id in the job's data.</summary>
    public const string SourceKey = "source";

    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FaultRetry = TimeSpan.FromMinutes(10);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var id = new SourceId(context.MergedJobDataMap.GetString(SourceKey)!);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        PollReport? report = null;
        try
        {
            if (installation.PolledSources.FirstOrDefault(source => source.Id == id) is not { } source) return;
            if (condition.StoreFault is not null)
            {
                // Other people's servers are not asked for what can't be stored; whether it can be again is the edition loop's to find out.
                await RetryAsync(id, StoreRetry, cancel.Token);
                return;
            }

            report = await installation.PollAsync(source, cancel.Token);
            Log(report);
            if (report.New + report.Revised > 0) signal.Ring();
            if (stopping.HasBegun) return;
            await schedule.SetNextAsync(id, report.NextPoll, cancel.Token);
            if (report.Sweep.Count > 0) LogLineBack(report.Sweep.Count);
            foreach (var spared in report.Sweep) await schedule.SetNextAsync(spared, installation.Clock.GetUtcNow(), cancel.Token);
        }
        catch (StoreException fault)
        {
            LogNotStored(id, fault.Message);
            condition.StoreFault = fault.Message;
            signal.Ring();
            await RetryAsync(id, StoreRetry, cancel.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            LogCut(id);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Whatever it is, the source must be asked again.
            LogFault(fault, id);
            await RetryAsync(id, FaultRetry, cancel.Token);
        }
        finally
        {
            sweep.Note(id, report);
        }
    }

    private async Task RetryAsync(SourceId id, TimeSpan pause, CancellationToken cancel)
    {
        if (!stopping.HasBegun) await schedule.SetNextAsync(id, installation.Clock.GetUtcNow() + pause, cancel);
    }

    private void Log(PollReport report)
    {
        if (report.FoundLineDown) LogLineDown(report.Error);
        if (report is { Outcome: PollOutcome.Failed, IsOurLine: true }) LogCutOff(report.Error);
        else if (report.Outcome is PollOutcome.Failed) LogFailed(report.Error, report.NextPoll);
        else if (report.New + report.Revised > 0) LogStored(report.Source, report.New, report.Revised);
        else LogSame(report.Source);
        foreach (var rejected in report.Rejected) LogRejected(report.Source, rejected.What, rejected.Reason);
    }

    [LoggerMessage(2001, LogLevel.Information, "Source {Source}: {Added} new, {Revised} revised")]
    private partial void LogStored(SourceId source, int added, int revised);

    [LoggerMessage(2002, LogLevel.Warning, "{Reason} Next try {Next:u}")]
    private partial void LogFailed(string? reason, DateTimeOffset next);

    [LoggerMessage(2003, LogLevel.Debug, "Source {Source}: nothing new")]
    private partial void LogSame(SourceId source);

    [LoggerMessage(2004, LogLevel.Warning, "Source {Source}: an item was left out ({What}): {Reason}")]
    private partial void LogRejected(SourceId source, string what, string reason);

    [LoggerMessage(2005, LogLevel.Error, "Source {Source}: nothing could be stored, the poll is repeated: {Reason}")]
    private partial void LogNotStored(SourceId source, string reason);

    [LoggerMessage(2007, LogLevel.Error, "Source {Source}: Kwid failed on it and tries again later; please report this")]
    private partial void LogFault(Exception fault, SourceId source);

    [LoggerMessage(2009, LogLevel.Error, "Most hosts asked in the last ten minutes can't be reached: it is our own line, so no source is blamed, and all are asked at once when it is back. Look after this machine's DNS, proxy and firewall. For example: {Reason}")]
    private partial void LogLineDown(string? reason);

    [LoggerMessage(2010, LogLevel.Debug, "Cut off by our own line: {Reason}")]
    private partial void LogCutOff(string? reason);

    [LoggerMessage(2008, LogLevel.Information, "Our own line is back: {Count} sources that could not be reached meanwhile are asked now")]
    private partial void LogLineBack(int count);

    [LoggerMessage(2006, LogLevel.Information, "Source {Source}: poll ended early, since the program stops; it is repeated at the next start")]
    private partial void LogCut(SourceId source);
}
