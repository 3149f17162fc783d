using Kwid.Cli;
using Kwid.Cli.Control;
using Kwid.Configuration;
using Kwid.Scheduling;
using Kwid.Service;
using Kwid.Web;
using Kwid.Web.Metrics;
using Quartz;

namespace Kwid;

/// <summary>Puts the running service together: web, scheduler, edition loop and socket around one installation.</summary>
internal static class Composition
{
    /// <summary>Polls side by side; a poll awaits its fetch and blocks no thread. Many, since those that wait for one slow host hold a place each.</summary>
    private const int PollsAtOnce = 256;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    public static WebApplication Build(Installation installation, LogLevel least)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        Logs.Configure(builder.Logging, least);
        builder.WebHost.UseUrls(ListenedOn(installation.Configuration));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(installation);
        builder.Services.AddSingleton<PollSchedule>();
        builder.Services.AddSingleton<FirstSweep>();
        builder.Services.AddSingleton<EditionSignal>();
        builder.Services.AddSingleton(new ServiceCondition(installation.Clock) { IsLineUp = () => installation.Line.DownSince is null });
        builder.Services.AddSingleton<Stopping>();
        builder.Services.AddQuartz(quartz => quartz.UseDefaultThreadPool(PollsAtOnce));
        builder.Services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
        builder.Services.AddHostedService<EditionLoop>();
        builder.Services.AddHostedService<RetentionLoop>();
        builder.Services.AddHostedService<NoticeWatch>();
        builder.Services.AddHostedService<ControlServer>();
        MetricsEndpoint.AddTo(builder.Services);

        var web = builder.Build();
        Endpoints.Map(web, installation, web.Services.GetRequiredService<ServiceCondition>());
        return web;
    }

    private static string[] ListenedOn(KwidConfiguration configuration) =>
        $"{configuration.Listen};{configuration.OperatorListen}".Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
