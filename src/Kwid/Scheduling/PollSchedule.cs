using System.Security.Cryptography;
using System.Text.Json;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Sources;
using Kwid.Service;
using Quartz;

namespace Kwid.Scheduling;

/// <summary>One durable job per polled source, each with the one trigger that its last poll has set. What is due lives in our store, not in the scheduler.</summary>
internal sealed class PollSchedule(ISchedulerFactory factory, Installation installation)
{
    private static readonly JsonSerializerOptions PlanFormat = new() { IncludeFields = true };

    private readonly Dictionary<SourceId, string> _jobs = [];
    private readonly Turns<int> _turns = new();

    /// <summary>Makes the jobs fit the configuration: new sources begin, those that are gone or disabled end.</summary>
    /// <returns>Sources that are due now.</returns>
    public Task<IReadOnlyList<SourceId>> SyncAsync(CancellationToken cancel) => SyncAsync(evenIfSame: false, cancel);

    /// <summary>Sets all triggers anew after the clock was set: the scheduler waits for instants of the clock, which may now be days away.</summary>
    public Task<IReadOnlyList<SourceId>> FollowClockAsync(CancellationToken cancel) => SyncAsync(evenIfSame: true, cancel);

    private async Task<IReadOnlyList<SourceId>> SyncAsync(bool evenIfSame, CancellationToken cancel)
    {
        using var turn = await _turns.TakeAsync(0, cancel);
        var scheduler = await factory.GetScheduler(cancel);
        var now = installation.Clock.GetUtcNow();
        var wanted = installation.PolledSources.ToDictionary(source => source.Id);
        foreach (var gone in _jobs.Keys.Where(id => !wanted.ContainsKey(id)).ToList())
        {
            await scheduler.DeleteJob(JobKeyOf(gone), cancel);
            _jobs.Remove(gone);
        }

        var due = new List<SourceId>();
        foreach (var source in wanted.Values)
        {
            // A present job keeps its trigger, unless the source's plan or address changed; what failed may be well with the change, and is due.
            var plan = PlanOf(source);
            var changed = _jobs.TryGetValue(source.Id, out var before) && before != plan;
            var next = NextOf(source, changed, now);
            if (next <= now) due.Add(source.Id);
            if (before == plan && next > now && !evenIfSame) continue;
            _jobs[source.Id] = plan;
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
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider).WithIdentity(source.ToString()).ForJob(JobKeyOf(source)).StartAt(start).Build();
        if (await scheduler.RescheduleJob(trigger.Key, trigger, cancel) is null && await scheduler.Exists(JobKeyOf(source), cancel))
            await scheduler.ScheduleJob(trigger, cancellationToken: cancel);
    }

    private DateTimeOffset NextOf(Source source, bool changed, DateTimeOffset now)
    {
        var state = installation.States.Of(source);
        if (state.NextPoll is not { } next || (changed && state.Error is not null)) return now;
        var latest = PollClock.Latest(source, installation.Configuration.Polling, state, now);
        return next < latest ? next : latest;
    }

    /// <summary>Everything that says when and how the source is asked, hashed, since it may hold secrets.</summary>
    private string PlanOf(Source source) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((source, installation.Configuration.Polling.ToString()), PlanFormat)));

    private static JobKey JobKeyOf(SourceId source) => new(source.ToString());
}
