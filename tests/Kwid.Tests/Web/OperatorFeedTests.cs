using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Web.Operator;

namespace Kwid.Tests.Web;

public class OperatorFeedTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly ServiceIdentity Service = new("KWID Probe", "https://kwid.example", "kwid.example,2026", Berlin, null, null);
    private static readonly DateTimeOffset Begin = Make.Instant("2026-11-01T00:00Z");
    private static readonly DateTimeOffset Now = Make.Instant("2026-11-23T12:00Z");
    private static readonly DateTimeOffset Start = Make.Instant("2026-11-23T09:20Z");
    private static readonly Source Wid = Make.Source("bsi-wid") with { Name = "BSI CERT-Bund WID" };

    [Fact]
    public void An_outage_is_one_entry_however_many_polls_failed()
    {
        var first = Assert.Single(Read(With(new Outage(Start, HealthState.Failing, "No answer; look at the network.", 1, Start, null))).Items);
        var later = Assert.Single(Read(With(new Outage(Start, HealthState.Failing, "No answer; look at the network.", 17, Start, null))).Items);

        Assert.Equal("tag:kwid.example,2026:betrieb/stoerung/bsi-wid/20261123T092000Z", first.Id);
        Assert.Equal("[GESTÖRT] BSI CERT-Bund WID: nicht erreichbar seit 10:20", first.Title.Text);
        Assert.Equal((Start, Start), (first.PublishDate, first.LastUpdatedTime));
        Assert.Equal((first.Id, first.Title.Text), (later.Id, later.Title.Text));
        var body = ((TextSyndicationContent)later.Content).Text;
        Assert.Contains("No answer; look at the network.", body, StringComparison.Ordinal);
        Assert.Contains("17 Abfragen", body, StringComparison.Ordinal);
        Assert.Contains("23. November 2026, 10:20 Uhr", body, StringComparison.Ordinal);
        Assert.Contains("https://kwid.example/status", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_end_updates_the_entry_in_place()
    {
        var end = Start.AddMinutes(45);

        var item = Assert.Single(Read(With(new Outage(Start, HealthState.Failing, null, 5, Start, end))).Items);

        Assert.Equal("[BEHOBEN] BSI CERT-Bund WID: nicht erreichbar von 10:20 bis 11:05", item.Title.Text);
        Assert.Equal(("tag:kwid.example,2026:betrieb/stoerung/bsi-wid/20261123T092000Z", Start, end), (item.Id, item.PublishDate, item.LastUpdatedTime));
    }

    [Fact]
    public void The_same_events_make_the_same_bytes_and_no_instant_lies_ahead()
    {
        var state = With(new Outage(Now.AddHours(1), HealthState.Stale, null, 5, Now.AddHours(2), null));

        var item = Assert.Single(Read(state).Items);

        Assert.Equal((Now, Now), (item.PublishDate, item.LastUpdatedTime));
        Assert.Equal(Write(state), Write(state));
    }

    [Fact]
    public void Gaps_held_entries_and_moves_are_told_with_what_to_do()
    {
        var state = State() with
        {
            LastGap = new Gap(Start.AddHours(-3), Start.AddHours(-2), Closed: false),
            Held = new HeldBatch(Start, [.. Enumerable.Range(1, 40).Select(n => new RevisionKey(new AdvisoryId($"x.{n}"), 1))], "38 of 40 repeat known titles."),
            MovedTo = "https://new.example/feed?a=1&b=<2>",
            AnsweringSince = Start.AddHours(-5),
        };

        var items = Read(state).Items.ToDictionary(item => item.Id.Split('/')[1].Split(':')[^1]);

        Assert.Equal(["wartend", "luecke", "umzug"], items.Keys);
        Assert.Equal("[LÜCKE] BSI CERT-Bund WID: mögliche Lücke von 07:20 bis 08:20", items["luecke"].Title.Text);
        Assert.Equal("[WARTET] BSI CERT-Bund WID: 40 neue Einträge warten seit 10:20", items["wartend"].Title.Text);
        Assert.Equal("[UMGEZOGEN] BSI CERT-Bund WID: hat eine neue Adresse", items["umzug"].Title.Text);
        var held = ((TextSyndicationContent)items["wartend"].Content).Text;
        Assert.All(["kwid release bsi-wid", "kwid discard bsi-wid", "16:20 Uhr", "38 of 40"], part => Assert.Contains(part, held, StringComparison.Ordinal));
        Assert.Contains("https://new.example/feed?a=1&amp;b=&lt;2&gt;", ((TextSyndicationContent)items["umzug"].Content).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_grew_tells_the_present_count_since_when_and_the_sources_present_id()
    {
        var keys = Enumerable.Range(1, 41).Select(n => new RevisionKey(new AdvisoryId($"x.{n}"), 1)).Append(new RevisionKey(new AdvisoryId("x.1"), 2));
        var held = new HeldBatch(Start, [.. keys], "38 of 40 new entries repeat titles. They wait for 'kwid release former' (they are news) or 'kwid discard former' (they are not).") { Updated = Start.AddHours(2) };

        var item = Assert.Single(Read(State() with { Held = held }).Items);

        Assert.Equal((Start, Start.AddHours(2)), (item.PublishDate, item.LastUpdatedTime));
        Assert.Equal("[WARTET] BSI CERT-Bund WID: 41 neue Einträge warten seit 10:20", item.Title.Text);
        var body = ((TextSyndicationContent)item.Content).Text;
        Assert.Contains("38 of 40 new entries repeat titles.", body, StringComparison.Ordinal);
        Assert.Contains("kwid release bsi-wid", body, StringComparison.Ordinal);
        Assert.DoesNotContain("former", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_move_keeps_its_id_while_the_source_changes_its_state()
    {
        var moved = State() with { MovedTo = "https://new.example/", Condition = new SourceCondition(HealthState.Moved, Start, ""), AnsweringSince = Start.AddHours(-9) };
        var stale = moved with { Condition = new SourceCondition(HealthState.Stale, Start.AddHours(1), "") };

        Assert.Equal(Assert.Single(Read(moved).Items).Id, Assert.Single(Read(stale).Items).Id);
        Assert.Equal(Start, Assert.Single(Read(moved).Items).PublishDate);
    }

    [Fact]
    public void A_closed_gap_is_mended()
    {
        var item = Assert.Single(Read(State() with { LastGap = new Gap(Start, Start.AddHours(1), Closed: true) { Updated = Start.AddHours(2) } }).Items);

        Assert.Equal((Start.AddHours(1), Start.AddHours(2)), (item.PublishDate, item.LastUpdatedTime));
        Assert.StartsWith("[BEHOBEN] ", item.Title.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_last_200_of_the_last_90_days_stand_in_it_newest_first()
    {
        var many = Enumerable.Range(0, 300).Select(i => new Outage(Now.AddHours(-10 * i), HealthState.Failing, null, 1, Now.AddHours(-10 * i), Now.AddHours(-10 * i).AddMinutes(1)));
        var lasting = new Outage(Now.AddDays(-100), HealthState.Gone, null, 100, Now.AddDays(-100), null);

        var full = Read(With([.. many])).Items.ToList();
        var few = Read(With([.. many.Skip(210), lasting])).Items.ToList();

        Assert.Equal(200, full.Count);
        Assert.Equal(full.OrderByDescending(item => item.PublishDate).Select(item => item.Id), full.Select(item => item.Id));
        Assert.Equal(8, few.Count);
        Assert.StartsWith("[GESTÖRT]", few[^1].Title.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_stands_in_names_and_reasons_it_can_be_read_and_titles_stay_short()
    {
        var odd = Wid with { Name = new string('N', 120) + "\u0000\uFDD2<script>&\uD800" };
        var events = SourceEvents.Of(odd, With(new Outage(Start, HealthState.NotAFeed, "</p><script>\uFDD0\uFDD1 \u0008", 1, Start, null)), Berlin).ToList();

        foreach (var format in (FeedFormat[])[FeedFormat.Atom, FeedFormat.Rss])
        {
            var item = Assert.Single(Load(OperatorFeed.Write(Service, events, format, Now, Begin)).Items);

            Assert.True(item.Title.Text.Length <= 90, item.Title.Text);
            Assert.EndsWith(": liefert keinen Feed seit 10:20", item.Title.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<script>", Encoding.UTF8.GetString(OperatorFeed.Write(Service, events, FeedFormat.Atom, Now, Begin)), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_events_it_is_empty_and_valid()
    {
        var feed = Load(OperatorFeed.Write(Service, [], FeedFormat.Atom, Now, Begin));

        Assert.Empty(feed.Items);
        Assert.Equal(("tag:kwid.example,2026:betrieb", Begin, "KWID Probe – Betrieb"), (feed.Id, feed.LastUpdatedTime, feed.Title.Text));
    }

    private static SourceState State() => new() { Source = Wid.Id, Address = "" };

    private static SourceState With(params Outage[] outages) => State() with { Outages = outages };

    private static byte[] Write(SourceState state) => OperatorFeed.Write(Service, SourceEvents.Of(Wid, state, Berlin), FeedFormat.Atom, Now, Begin);

    private static SyndicationFeed Read(SourceState state) => Load(Write(state));

    private static SyndicationFeed Load(byte[] feed)
    {
        using var xml = XmlReader.Create(new MemoryStream(feed));
        return SyndicationFeed.Load(xml);
    }
}
