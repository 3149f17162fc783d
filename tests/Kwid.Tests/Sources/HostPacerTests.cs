using Kwid.Core.Sources;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Sources;

public class HostPacerTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_request_to_a_host_waits_for_the_end_of_the_first_and_the_pause()
    {
        var pacer = new HostPacer(TimeSpan.FromSeconds(1), _time);
        var first = await pacer.EnterAsync("upstream.example", Cancel);

        var second = pacer.EnterAsync("UPSTREAM.example", Cancel).AsTask();
        _time.Advance(TimeSpan.FromSeconds(10));
        var duringFirst = second.IsCompleted;
        first.Dispose();
        _time.Advance(TimeSpan.FromMilliseconds(999));
        var duringPause = second.IsCompleted;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        using var turn = await second;

        Assert.False(duringFirst);
        Assert.False(duringPause);
    }

    [Fact]
    public async Task Hosts_do_not_wait_for_each_other()
    {
        var pacer = new HostPacer(TimeSpan.FromSeconds(1), _time);
        using var first = await pacer.EnterAsync("one.example", Cancel);

        var other = pacer.EnterAsync("other.example", Cancel);

        Assert.True(other.IsCompletedSuccessfully);
        (await other).Dispose();
    }

    [Fact]
    public async Task Once_the_pause_is_over_nobody_waits()
    {
        var pacer = new HostPacer(TimeSpan.FromSeconds(1), _time);
        (await pacer.EnterAsync("upstream.example", Cancel)).Dispose();
        _time.Advance(TimeSpan.FromSeconds(1));

        var next = pacer.EnterAsync("upstream.example", Cancel);

        Assert.True(next.IsCompletedSuccessfully);
        (await next).Dispose();
    }

    [Fact]
    public async Task A_new_pause_holds_from_the_next_turn_on()
    {
        var pacer = new HostPacer(TimeSpan.FromSeconds(1), _time);
        (await pacer.EnterAsync("upstream.example", Cancel)).Dispose();
        pacer.Pause = TimeSpan.FromSeconds(10);

        var next = pacer.EnterAsync("upstream.example", Cancel).AsTask();
        _time.Advance(TimeSpan.FromSeconds(9));
        var early = next.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1));
        (await next).Dispose();

        Assert.False(early);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_keeps_nobody_waiting()
    {
        var pacer = new HostPacer(TimeSpan.FromSeconds(1), _time);
        using var impatient = new CancellationTokenSource();
        var first = await pacer.EnterAsync("upstream.example", Cancel);
        var atDoor = pacer.EnterAsync("upstream.example", impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => atDoor);

        using var hasty = new CancellationTokenSource();
        first.Dispose();
        var inPause = pacer.EnterAsync("upstream.example", hasty.Token).AsTask();
        await hasty.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inPause);

        _time.Advance(TimeSpan.FromSeconds(1));
        var next = pacer.EnterAsync("upstream.example", Cancel);
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_turn_given_back_twice_counts_once()
    {
        var pacer = new HostPacer(TimeSpan.Zero, _time);
        var first = await pacer.EnterAsync("upstream.example", Cancel);
        first.Dispose();
        first.Dispose();
        using var second = await pacer.EnterAsync("upstream.example", Cancel);

        var third = pacer.EnterAsync("upstream.example", Cancel).AsTask();

        Assert.False(third.IsCompleted);
    }

    [Fact]
    public async Task Hosts_without_a_use_are_forgotten_those_in_use_are_not()
    {
        var pacer = new HostPacer(TimeSpan.FromSeconds(1), _time);
        using var held = await pacer.EnterAsync("held.example", Cancel);
        for (var number = 0; number < 511; number++) (await pacer.EnterAsync($"{number}.example", Cancel)).Dispose();
        var full = pacer.Hosts;
        _time.Advance(TimeSpan.FromSeconds(1));

        (await pacer.EnterAsync("one-more.example", Cancel)).Dispose();
        var waiting = pacer.EnterAsync("held.example", Cancel).AsTask();

        Assert.Equal(512, full);
        Assert.Equal(2, pacer.Hosts);
        Assert.False(waiting.IsCompleted);
    }
}
