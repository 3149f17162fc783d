using Kwid.Core.Model;
using Kwid.Service;
using Quartz;

namespace Kwid.Scheduling;

/// <summary>One durable job per polled source, each with the one trigger that its last poll has set. What is due lives in our store, not in the scheduler.</summary>
internal sealed class PollSchedule(ISchedulerFactory factory, Installation installation)
{
    private readonly HashSet<SourceId> _jobs = [];

    /// <summary>Makes the jobs fit the configuration: new sources begin, those that are gone or disabled end. One call at a time.</summary>
    /// <returns>Sources that are due now.</returns>
    public async Task<IReadOnlyList<SourceId>> SyncAsync(CancellationToken cancel)
    {
        var scheduler = await factory.GetScheduler(cancel);
        var now = installation.Clock.GetUtcNow();
        var wanted = installation.PolledSources.ToDictionary(source => source.Id);
        foreach (var gone in _jobs.Where(id => !wanted.ContainsKey(id)).ToList())
        {
            await scheduler.DeleteJob(JobKeyOf(gone), cancel);
            _jobs.Remove(gone);
        }

        var due = new List<SourceId>();
        foreach (var source in wanted.Values)
        {
            // A present job keeps its trigger, unless the source's address changed: then it is a first poll, and due.
            var next = installation.States.Of(source).NextPoll ?? now;
            if (next <= now) due.Add(source.Id);
            if (!_jobs.Add(source.Id) && next > now) continue;
            await scheduler.AddJob(
                JobBuilder.Create<PollSourceJob>().WithIdentity(JobKeyOf(source.Id)).UsingJobData(PollSourceJob.SourceKey, source.Id.ToString()).StoreDurably().Build(),
                new AddJobOptions { Replace = true }, cancel);
            await SetNextAsync(source.Id, next, cancel);
        }

        return due;
    }

    /// <summary>Sets when a source is asked next; an instant that has passed means now.</summary>
    public async Task SetNextAsync(SourceId source, DateTimeOffset next, CancellationToken cancel)
    {
        var scheduler = await factory.GetScheduler(cancel);
        // The scheduler runs on real time, the program's clock may be set.
        var start = scheduler.TimeProvider.GetUtcNow() + (next - installation.Clock.GetUtcNow());
        var trigger = TriggerBuilder.Create().WithIdentity(source.ToString()).ForJob(JobKeyOf(source)).StartAt(start).Build();
        if (await scheduler.RescheduleJob(trigger.Key, trigger, cancel) is null && await scheduler.Exists(JobKeyOf(source), cancel))
            await scheduler.ScheduleJob(trigger, cancellationToken: cancel);
    }

    private static JobKey JobKeyOf(SourceId source) => new(source.ToString());
}
