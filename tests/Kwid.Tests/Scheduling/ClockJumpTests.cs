using System.Diagnostics;

namespace Kwid.Tests.Scheduling;

/// <summary>The scheduler waits for instants of the machine's clock; when that is set, no source may be forgotten for days nor asked all the time.</summary>
public class ClockJumpTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public async Task After_the_clock_was_set_a_source_is_asked_once_and_then_at_its_pace(int days)
    {
        await using var service = await ScheduledService.StartAsync(Cancel);
        await UntilAsync(async () => service.Polls == 1 && await service.NextAsync(Cancel) > TimeSpan.FromMinutes(30));

        service.Clock.Jump(TimeSpan.FromDays(days));
        service.Ring();

        await UntilAsync(async () => service.Polls == 2 && await service.NextAsync(Cancel) > TimeSpan.FromMinutes(30));
        Assert.InRange((await service.NextAsync(Cancel))!.Value, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(90));
        service.Ring();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Cancel);
        Assert.Equal(2, service.Polls);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var began = Stopwatch.GetTimestamp(); !await holds();)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Limit, "the source was not asked in time");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        }
    }
}
