using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Publishing;

/// <summary>When recipients are told that must sources are out of reach: a day told by the clock alone.</summary>
public class OutageNoticesTests
{
    private static readonly TimeSpan After = TimeSpan.FromHours(6);

    [Theory]
    [InlineData("11:59", false)]
    [InlineData("12:00", true)]
    public void A_source_that_fails_for_six_hours_is_told_and_not_before(string now, bool told)
    {
        var notice = Next(null, now, Failing("a", since: "06:00"));

        Assert.Equal(told, notice is not null);
    }

    [Fact]
    public void All_that_are_out_of_reach_stand_in_one_notice_named_after_the_first()
    {
        var notice = Next(null, "12:00", Failing("a", "05:10"), Failing("b", "04:59"), Failing("c", "06:01"), Well("d", "00:00"))!;

        Assert.Equal("kwid.stoerung.202603100459", notice.Id.ToString());
        Assert.Equal([("a", At("05:10")), ("b", At("04:59"))], notice.Sources.Select(source => (source.Source.ToString(), source.Since)));
        Assert.Equal(("Quelle a", "https://a.example/"), (notice.Sources[0].Name, notice.Sources[0].Page));
    }

    [Theory]
    [InlineData("https://user:secret@wid.example.org:8443/feed?a=1", false, "https://wid.example.org:8443/")]
    [InlineData("https://wid.example.org/feed", true, null)]
    [InlineData("http://10.1.2.3/feed", false, null)]
    [InlineData("http://[fd00::1]/feed", false, null)]
    [InlineData("http://127.0.0.1:8080/feed", false, null)]
    [InlineData("http://localhost/feed", false, null)]
    [InlineData("http://intranet/feed", false, null)]
    [InlineData("http://feeds.stadt.local/feed", false, null)]
    [InlineData("http://feeds.INTERNAL./feed", false, null)]
    [InlineData("http://nas.home.arpa/feed", false, null)]
    [InlineData("file:///srv/inbox/", false, null)]
    public void An_address_is_told_only_where_it_is_everybodys(string url, bool confidential, string? page)
    {
        var (source, state) = Failing("a", since: "06:00");

        var notice = Next(null, "12:00", (source with { Url = new Uri(url), IsAddressConfidential = confidential }, state))!;

        Assert.Equal(("Quelle a", page), (notice.Sources[0].Name, notice.Sources[0].Page));
    }

    [Fact]
    public void One_that_joins_is_added_and_one_that_was_back_for_an_hour_leaves_the_rest_open()
    {
        var open = Next(null, "12:00", Failing("a", "06:00"), Failing("b", "05:00"))!;

        var early = Next(open, "13:09", Well("a", "12:10"), Failing("b", "05:00"), Failing("c", "07:00"))!;
        var later = Next(early, "13:10", Well("a", "12:10"), Failing("b", "05:00"), Failing("c", "07:00"))!;

        Assert.Equal(["a", "b", "c"], early.Sources.Select(source => source.Source.ToString()));
        Assert.All(early.Sources, source => Assert.Null(source.Until));
        Assert.Equal([At("12:10"), null, null], later.Sources.Select(source => source.Until));
        Assert.Null(later.End);
        Assert.True(OutageNotices.AreSame(later, Next(later, "13:30", Well("a", "12:10"), Failing("b", "05:00"), Failing("c", "07:00"))!));
    }

    [Fact]
    public void It_is_over_only_when_all_have_been_answered_without_a_failure_for_an_hour()
    {
        var open = Next(null, "12:00", Failing("a", "06:00"), Failing("b", "05:00"))!;

        Assert.Null(Next(open, "13:10", Well("a", "12:00"), Well("b", "12:11"))!.End);
        Assert.Equal(At("12:11"), Next(open, "13:11", Well("a", "12:00"), Well("b", "12:11"))!.End);
    }

    [Fact]
    public void One_that_was_back_and_fails_again_keeps_it_open_though_all_others_are_back()
    {
        var open = Next(Next(null, "12:00", Failing("a", "06:00"), Failing("b", "05:00"))!, "13:10", Well("a", "12:00"), Failing("b", "05:00"))!;
        Assert.Equal(At("12:00"), open.Sources[0].Until);

        var shaky = Next(open, "15:00", Failing("a", "14:50"), Well("b", "13:30"))!;
        Assert.Equal((null, null, At("13:30")), (shaky.End, shaky.Sources[0].Until, shaky.Sources[1].Until));

        var closed = Next(shaky, "17:00", Well("a", "15:40"), Well("b", "13:30"))!;
        Assert.Equal(At("15:40"), closed.End);
        Assert.Equal(2, closed.Sources.Count);
    }

    [Fact]
    public void A_closed_one_stays_closed_and_a_new_outage_is_a_new_notice_with_a_later_start()
    {
        var closed = Next(Next(null, "12:00", Failing("a", "06:00"))!, "14:00", Well("a", "13:00"))!;
        Assert.NotNull(closed.End);

        Assert.Null(Next(closed, "14:01", Well("a", "13:00")));
        Assert.Null(Next(closed, "19:59", Failing("a", "14:00")));
        Assert.Equal("kwid.stoerung.202603101400", Next(closed, "20:00", Failing("a", "14:00"))!.Id.ToString());
        Assert.Equal("kwid.stoerung.202603100601", Next(closed, "20:00", Well("a", "13:00"), Failing("b", "06:00"))!.Id.ToString());
    }

    [Fact]
    public void A_source_that_is_no_longer_asked_ends_its_part()
    {
        var open = Next(null, "12:00", Failing("a", "06:00"), Failing("b", "05:00"))!;

        var one = Next(open, "12:30", Failing("b", "05:00"))!;
        var none = Next(one, "12:40")!;

        Assert.Equal((true, At("12:30"), null), (one.Sources[0].Dropped, one.Sources[0].Until, one.End));
        Assert.Equal(At("12:40"), none.End);
    }

    [Fact]
    public void A_source_whose_address_was_changed_is_back_once_it_was_answered_for_an_hour()
    {
        var open = Next(null, "12:00", Failing("a", "06:00"))!;
        var (source, state) = Well("a", "12:30");
        state = state with { AnsweringSince = null };

        Assert.Null(Next(open, "13:40", (source, state))!.End);
        Assert.Equal(At("12:35"), Next(open, "13:40", (source, state with { FirstPollDone = At("12:35") }))!.End);
    }

    [Fact]
    public void After_our_own_absence_a_source_has_to_fail_once_more_before_it_is_told()
    {
        var (source, state) = Failing("a", "02:00");

        Assert.Null(Next(null, "12:00", (source, state with { NextPoll = At("02:20") })));
        Assert.NotNull(Next(null, "12:00", (source, state with { NextPoll = At("12:40") })));
    }

    private static OutageNotice? Next(OutageNotice? last, string now, params (Source Source, SourceState State)[] must) => OutageNotices.Next(last, must, After, At(now));

    private static (Source Source, SourceState State) Failing(string id, string since) => With(id, state => state with { Failures = 3, FailingSince = At(since) });

    private static (Source Source, SourceState State) Well(string id, string since) => With(id, state => state with { AnsweringSince = At(since), LastSuccess = At(since) });

    private static (Source Source, SourceState State) With(string id, Func<SourceState, SourceState> state) =>
        (Make.Source(id, $"https://{id}.example/feed") with { Name = $"Quelle {id}" }, state(new SourceState { Source = new SourceId(id), Address = id }));

    private static DateTimeOffset At(string time) => Make.Instant($"2026-03-10T{time}:00Z");
}
