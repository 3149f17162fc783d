using Kwid.Scheduling;
using Kwid.Service;
using Kwid.Tests.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace Kwid.Tests.Scheduling;

public sealed class EditionLoopTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_fault_of_kwid_itself_is_told_as_such_stops_no_poll_and_ends_by_itself()
    {
        _folder.Write(ConfigurationFolder.Text());
        var shelf = Directory.CreateDirectory(Path.Combine(_folder.Data, "shelf")).FullName;
        var held = new FileStream(Path.Combine(shelf, "editions.jsonl"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await using var installation = new Installation(_folder.GetStarted(), _folder.Data, new ProgramClock(Make.Instant("2026-11-23T08:00Z")));
        await using var services = new ServiceCollection().AddLogging().AddQuartz().BuildServiceProvider();
        var condition = new ServiceCondition(TimeProvider.System);
        using var loop = new EditionLoop(installation, new PollSchedule(services.GetRequiredService<ISchedulerFactory>(), installation), new FirstSweep(), new EditionSignal(), condition, NullLogger<EditionLoop>.Instance);

        await loop.StartAsync(Cancel);
        await UntilAsync(() => condition.EditionFault is not null);

        Assert.Null(condition.StoreFault);
        await held.DisposeAsync();
        await UntilAsync(() => condition.EditionFault is null);
        Assert.NotNull(installation.Shelf.Last);
        await loop.StopAsync(Cancel);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(2));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }
    }
}
