using Kwid.Core.Model;
using Kwid.Core.Sources;
using Kwid.Scheduling;
using Kwid.Service;
using Kwid.Tests.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Kwid.Tests.Scheduling;

/// <summary>What polls and publishes, with the real scheduler, on a clock that the test sets and a network that counts.</summary>
internal sealed class ScheduledService : IFetcher, IAsyncDisposable
{
    private readonly ConfigurationFolder _folder = new();
    private readonly Installation _installation;
    private readonly IHost _host;
    private int _polls;

    private ScheduledService()
    {
        _folder.Write(ConfigurationFolder.Text());
        Directory.CreateDirectory(_folder.Data);
        _installation = new Installation(_folder.GetStarted(), _folder.Data, new ProgramClock(null, Clock), this);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(_installation).AddSingleton<PollSchedule>().AddSingleton<FirstSweep>().AddSingleton<EditionSignal>().AddSingleton<Stopping>();
        builder.Services.AddSingleton(new ServiceCondition(Clock));
        builder.Services.AddQuartz(quartz => quartz.UseTimeProvider(Clock));
        builder.Services.AddQuartzHostedService();
        builder.Services.AddHostedService<EditionLoop>();
        _host = builder.Build();
    }

    public MachineClock Clock { get; } = new();

    /// <summary>Polls so far.</summary>
    public int Polls => Volatile.Read(ref _polls);

    /// <summary>When the source is asked next, as the scheduler has it.</summary>
    public async Task<TimeSpan?> NextAsync(CancellationToken cancel)
    {
        var scheduler = await _host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancel);
        var trigger = await scheduler.GetTrigger(new TriggerKey(_installation.PolledSources.Single().Id.ToString()), cancel);
        return trigger?.NextFireTimeUtc - Clock.GetUtcNow();
    }

    public static async Task<ScheduledService> StartAsync(CancellationToken cancel)
    {
        var service = new ScheduledService();
        await service._host.StartAsync(cancel);
        return service;
    }

    /// <summary>Lets the edition loop look at once instead of within a minute.</summary>
    public void Ring() => _host.Services.GetRequiredService<EditionSignal>().Ring();

    public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        Interlocked.Increment(ref _polls);
        return Task.FromResult<FetchOutcome>(new FetchOutcome.NotModified(Validators.None));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }
}
