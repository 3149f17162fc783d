using Kwid.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Scheduling;

public class NoticeLookTests
{
    private readonly FakeTimeProvider _time = new(Make.Instant("2026-03-10T12:00Z"));
    private readonly NoticeLook _look = new();

    [Fact]
    public void A_folder_is_read_once_it_looks_the_same_twice_and_not_again_until_it_changes()
    {
        Assert.Equal([false, true, true], new[] { Take("a"), Take("a"), Take("a") });
        var polled = _time.GetUtcNow();

        Assert.Equal([false, false], new[] { Take("a", polled), Take("a", polled) });
        Assert.Equal([false, false, true], new[] { Take("b", polled), Take("c", polled), Take("c", polled) });
    }

    [Fact]
    public void A_poll_that_began_before_the_change_was_seen_does_not_count()
    {
        var polled = _time.GetUtcNow();

        Assert.Equal([false, true, true], new[] { Take("a", polled), Take("a", polled), Take("a", polled) });
    }

    private bool Take(string look, DateTimeOffset? lastPoll = null)
    {
        _time.Advance(TimeSpan.FromSeconds(2));
        return _look.Take(look, _time.GetUtcNow(), lastPoll);
    }
}
