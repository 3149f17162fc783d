using Kwid.Core.Health;
using Kwid.Core.Model;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Health;

public class OwnLineTests
{
    private readonly FakeTimeProvider _clock = new(Make.Instant("2026-03-02T08:00Z"));
    private readonly OwnLine _line;

    public OwnLineTests() => _line = new OwnLine(_clock);

    [Fact]
    public void Two_hosts_out_of_reach_are_two_hosts()
    {
        Ask("a", false);
        Ask("b", false);
        Ask("a", false);

        Assert.Null(_line.DownSince);
    }

    [Fact]
    public void Three_of_five_are_our_line_and_three_of_six_are_not()
    {
        foreach (var host in new[] { "a", "b", "c" }) Ask(host, true);
        foreach (var host in new[] { "d", "e", "f" }) Ask(host, false);
        Assert.Null(_line.DownSince);

        var news = Ask("a", false);

        Assert.True(news.WentDown);
        Assert.Equal(Make.Instant("2026-03-02T08:00Z"), _line.DownSince);
    }

    [Fact]
    public void What_was_asked_more_than_ten_minutes_ago_says_nothing()
    {
        Ask("a", false);
        Ask("b", false);
        _clock.Advance(TimeSpan.FromMinutes(11));
        Ask("c", false);

        Assert.Null(_line.DownSince);
    }

    [Fact]
    public void A_host_that_always_answered_does_not_bring_the_line_back_and_one_that_did_not_does()
    {
        Ask("inside", true);
        foreach (var host in new[] { "a", "b", "c" }) Ask(host, false);
        Ask("d", false);

        Assert.Empty(Ask("inside", true).CameBack);
        Assert.NotNull(_line.DownSince);
        var back = Ask("b", true);

        Assert.Equal(["a", "c", "d"], back.CameBack.Select(source => source.ToString()).Order(StringComparer.Ordinal));
        Assert.Null(_line.DownSince);
    }

    [Fact]
    public void A_host_that_was_dead_before_does_not_tell_when_the_line_broke()
    {
        for (var minute = 0; minute < 60; minute += 5)
        {
            Ask("dead", false);
            foreach (var host in new[] { "a", "b", "c" }) Ask(host, true);
            _clock.Advance(TimeSpan.FromMinutes(5));
        }

        var broke = _clock.GetUtcNow();
        Ask("dead", false);
        Ask("a", false);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Ask("b", false);

        Assert.Equal(broke, _line.DownSince);
    }

    [Fact]
    public void Three_dead_hosts_are_no_longer_our_line_once_most_others_answer()
    {
        foreach (var host in new[] { "a", "b", "c" }) Ask(host, false);
        Assert.NotNull(_line.DownSince);

        foreach (var host in new[] { "d", "e", "f" }) Ask(host, true);

        Assert.Null(_line.DownSince);
    }

    private LineNews Ask(string host, bool reached) => _line.Note(new SourceId(host), host + ".example", reached, _clock.GetUtcNow());
}
