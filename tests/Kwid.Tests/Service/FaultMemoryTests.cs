using Kwid.Service;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Service;

public class FaultMemoryTests
{
    private readonly FakeTimeProvider _clock = new(Make.Instant("2026-11-23T08:00:00.5Z"));

    [Fact]
    public void A_fault_has_a_start_in_whole_seconds_a_last_reason_and_an_end()
    {
        var memory = new FaultMemory(_clock);
        memory.Note(null);
        memory.Note("disk full");
        _clock.Advance(TimeSpan.FromMinutes(1));
        memory.Note("disk full");
        memory.Note("disk gone");
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("disk gone", memory.Reason);
        memory.Note(null);

        var fault = Assert.Single(memory.All);
        Assert.Null(memory.Reason);
        Assert.Equal(
            new ServiceFault(Make.Instant("2026-11-23T08:00:00Z"), "disk gone", Make.Instant("2026-11-23T08:01:00.5Z"), Make.Instant("2026-11-23T08:02:00.5Z")), fault);
    }

    [Fact]
    public void One_that_is_back_within_its_second_goes_on_and_only_ten_are_kept()
    {
        var memory = new FaultMemory(_clock);
        for (var i = 0; i < 12; i++)
        {
            memory.Note("a");
            memory.Note(null);
            memory.Note("b");
            _clock.Advance(TimeSpan.FromSeconds(5));
            memory.Note(null);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(10, memory.All.Count);
        Assert.Equal(10, memory.All.Select(fault => fault.Start).Distinct().Count());
        Assert.All(memory.All, fault => Assert.Equal("b", fault.Reason));
    }
}
