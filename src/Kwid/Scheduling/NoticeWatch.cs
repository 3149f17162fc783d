using Kwid.Core.Model;
using Kwid.Core.Sources;
using Kwid.Service;

namespace Kwid.Scheduling;

/// <summary>
/// Has a folder of notices read as soon as something in it changes. It looks every few seconds at names, lengths and dates: the system tells nothing of changes on network drives.
/// </summary>
internal sealed partial class NoticeWatch(Installation installation, PollSchedule schedule, ILogger<NoticeWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Uri, NoticeLook> _looks = [];
    private string? _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await installation.FirstOpening.WaitAsync(stoppingToken);
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.Delay(Pause, installation.Clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops; what changes is read at the next start.
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var source in installation.PolledSources.Where(source => source.Kind is SourceKind.Notices))
            {
                if (!_looks.TryGetValue(source.Url, out var look)) _looks[source.Url] = look = new NoticeLook();
                if (look.Take(NoticeWalk.Look(source), installation.Clock.GetUtcNow(), installation.States.Find(source.Id)?.LastPoll))
                    await schedule.SetNextAsync(source.Id, installation.Clock.GetUtcNow(), cancel);
            }

            _told = null;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            // Whatever it is, the next look tries again, and the source is polled at its interval as well.
            if (_told != fault.Message) LogFault(fault);
            _told = fault.Message;
        }
    }

    [LoggerMessage(3030, LogLevel.Error, "The folder of notices can't be watched; what changes in it is read at the source's interval until it can. Please report this")]
    private partial void LogFault(Exception fault);
}
