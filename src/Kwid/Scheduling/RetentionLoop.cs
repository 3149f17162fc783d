using Kwid.Core.Storage;
using Kwid.Service;

namespace Kwid.Scheduling;

/// <summary>Runs retention once a day, beside polls and editions. All thinking is in <see cref="Core.Pipeline.Retention"/>; a fault stops nothing, and the next hour tries again.</summary>
internal sealed partial class RetentionLoop(Installation installation, ServiceCondition condition, ILogger<RetentionLoop> log) : BackgroundService
{
    /// <summary>First polls tell whether the clock is right; one that was set on purpose is compared with nothing.</summary>
    private readonly TimeSpan _settling = installation.Clock.IsSet ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    private readonly LastRetention _last = new(installation.Data, installation.Clock);
    private string? _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await installation.FirstOpening.WaitAsync(stoppingToken);
            for (var pause = _settling; ; pause = Look)
            {
                await Task.Delay(pause, installation.Clock, stoppingToken);
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops; what is old goes with the next run.
        }
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            // The days count from here: a clock that leaps later is noticed by this.
            if (_last.At is null && installation.IsNew) _last.Note();
            if (!_last.IsDue || IsHindered()) return;
            var report = await installation.RetainAsync(cancel);
            _last.Note();
            if (report.DidSomething) LogTaken(report.Bared, report.Removed, report.Editions);
            if (report.Fault is { } fault) LogShelf(installation.Data, fault);
            if (report.Compaction is { } gained) LogCompacted(gained);
            _told = null;
        }
        catch (Exception fault) when (fault is StoreException || fault.IsDiskFault())
        {
            if (_told != fault.Message) LogFault(fault.Message);
            _told = fault.Message;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            LogBug(fault);
        }
    }

    private bool IsHindered()
    {
        var before = condition.Retention.Reason;
        condition.Retention.Note(installation.RetentionHindrance(_last.At));
        if (condition.Retention.Reason is { } hindrance && before is null) LogHindered(hindrance);
        return condition.Retention.Reason is not null;
    }

    private void LogCompacted(Compaction gained)
    {
        if (gained.Hindrance is { } hindrance) LogCrowded(hindrance);
        else LogSmaller(gained.Before >> 20, gained.After >> 20);
    }

    [LoggerMessage(3024, LogLevel.Information, "The store was compacted from {Before} MB to {After} MB")]
    private partial void LogSmaller(long before, long after);

    [LoggerMessage(3025, LogLevel.Warning, "{Reason}")]
    private partial void LogCrowded(string reason);

    [LoggerMessage(3026, LogLevel.Error, "Retention waits: {Reason}")]
    private partial void LogHindered(string reason);

    [LoggerMessage(3020, LogLevel.Information, "Retention: {Bared} revisions lost their texts, {Removed} went whole, {Editions} editions lost what is kept no longer")]
    private partial void LogTaken(int bared, int removed, int editions);

    [LoggerMessage(3021, LogLevel.Error, "The shelf in {Data} still has texts that are kept no longer ({Reason}). Make room for a copy of it; tomorrow's run tries again")]
    private partial void LogShelf(string data, string reason);

    [LoggerMessage(3022, LogLevel.Error, "Retention stopped: {Reason} It is tried again every hour; until then more is kept than is meant to be")]
    private partial void LogFault(string reason);

    [LoggerMessage(3023, LogLevel.Error, "Retention failed and is tried again every hour. Please report this")]
    private partial void LogBug(Exception fault);
}
