using Kwid.Core.Model;
using Kwid.Core.Pipeline;

namespace Kwid.Tests.Pipeline;

/// <summary>Our own notices: from a file in the folder to an entry in the feeds, and what becomes of it.</summary>
public sealed class NoticeFolderTests : IAsyncLifetime
{
    private NoticeBoard _board = null!;

    public async ValueTask InitializeAsync() => _board = await NoticeBoard.OpenAsync();

    public ValueTask DisposeAsync() => _board.DisposeAsync();

    [Fact]
    public async Task A_final_notice_is_published_and_says_itself_what_to_do()
    {
        var report = await _board.TellAsync("2026-03 Lücke.md", NoticeBoard.Text());

        var entry = Assert.Single(_board.Shop.Entries());
        Assert.Equal((1, 0), (report.New, report.Rejected.Count));
        Assert.Equal("[KRITISCH] Exchange abschalten", Workshop.TitleOf(entry));
        Assert.EndsWith("/KWID-2026-03-Luecke", Workshop.IdOf(entry), StringComparison.Ordinal);
        Assert.StartsWith("<h3>Was ist zu tun?</h3><p>Schalten Sie den Server <strong>sofort</strong> ab.</p>", Workshop.BodyOf(entry), StringComparison.Ordinal);
        Assert.DoesNotContain("Worum geht es?", Workshop.BodyOf(entry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_polled_again_unchanged_says_nothing()
    {
        await _board.TellAsync("a.md", NoticeBoard.Text(further: "recipients: [\"05315000\"]\nrelates: [WID-SEC-2026-0001, CVE-2026-1234]\nvalidUntil: 2026-12-31"));

        var again = await _board.PollAsync();

        Assert.Equal((PollOutcome.Read, 0, 0), (again.Outcome, again.New, again.Revised));
    }

    [Fact]
    public async Task A_draft_is_neither_stored_nor_published()
    {
        var report = await _board.TellAsync("a.md", NoticeBoard.Text("draft"));

        Assert.Equal((0, 0), (report.New, report.Rejected.Count));
        Assert.Empty(_board.Titles());
        Assert.Equal(0, _board.Shop.Ledger.Count);
    }

    [Fact]
    public async Task A_corrected_text_rings_at_once_and_a_text_in_other_lines_does_not()
    {
        await _board.TellAsync("a.md", NoticeBoard.Text(body: "Erster Satz.\nZweiter Satz."));
        await _board.TellAsync("a.md", NoticeBoard.Text(body: "Erster\nSatz. Zweiter Satz."));
        Assert.Single(_board.Titles());

        await _board.TellAsync("a.md", NoticeBoard.Text(body: "Erster Satz. Dritter Satz."));

        Assert.Equal(["[KRITISCH · korrigiert] Exchange abschalten", "[KRITISCH] Exchange abschalten"], _board.Titles());
        Assert.Contains("<li>Der Text wurde geändert.</li>", Workshop.BodyOf(_board.Shop.Entries()[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_notice_says_so_with_its_reason()
    {
        await _board.TellAsync("a.md", NoticeBoard.Text());

        await _board.TellAsync("a.md", NoticeBoard.Text("withdrawn", further: "reason: Messfehler"));

        Assert.Contains("ZURÜCKGEZOGEN: Exchange abschalten – Fehlalarm, Sie müssen nichts tun. Grund: Messfehler", Workshop.BodyOf(_board.Shop.Entries()[0]), StringComparison.Ordinal);
        Assert.StartsWith("[ZURÜCKGEZOGEN]", _board.Titles()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_a_fault_in_health_and_withdraws_nothing()
    {
        await _board.TellAsync("a.md", NoticeBoard.Text());
        await _board.TellAsync("b.md", NoticeBoard.Text(title: "Zweiter"));
        _board.Delete("a.md");

        var report = await _board.PollAsync();

        var fault = Assert.Single(report.Rejected);
        Assert.Equal("KWID-a", fault.What);
        Assert.Contains("a.md) is gone", fault.Reason, StringComparison.Ordinal);
        Assert.Equal(HealthState.Shrunk, report.Health.State);
        Assert.Contains("KWID-a", report.Health.Reason, StringComparison.Ordinal);
        Assert.Equal(2, _board.Titles().Count);
        Assert.DoesNotContain(_board.Titles(), title => title.Contains("ZURÜCK", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unmounted_folder_is_a_fault_and_withdraws_nothing_and_all_is_well_when_it_is_back()
    {
        await _board.TellAsync("a.md", NoticeBoard.Text());
        _board.Unmount();

        var report = await _board.PollAsync();
        Directory.CreateDirectory(_board.Source.Url.LocalPath);
        var back = await _board.TellAsync("a.md", NoticeBoard.Text());

        Assert.Equal(HealthState.Shrunk, report.Health.State);
        Assert.Equal((HealthState.Ok, 0, 0), (back.Health.State, back.New, back.Revised));
        Assert.Single(_board.Titles());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_no_fault_before_the_first_notice()
    {
        _board.Unmount();

        var report = await _board.PollAsync();

        Assert.Equal((HealthState.Ok, null, null), (report.Health.State, report.Error, report.Health.Remark));
    }

    [Fact]
    public async Task A_published_notice_set_back_to_draft_is_a_fault_and_stays()
    {
        await _board.TellAsync("a.md", NoticeBoard.Text());

        var report = await _board.TellAsync("a.md", NoticeBoard.Text("draft", body: "Neuer Text."));

        Assert.Contains("status: draft", Assert.Single(report.Rejected).Reason, StringComparison.Ordinal);
        Assert.Contains("sofort", Workshop.BodyOf(Assert.Single(_board.Shop.Entries())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_with_a_mistake_is_told_with_its_line_and_its_earlier_state_stays()
    {
        await _board.TellAsync("a.md", NoticeBoard.Text());

        var report = await _board.TellAsync("a.md", NoticeBoard.Text(severity: "krtisch", body: "Neuer Text."));

        var rejected = Assert.Single(report.Rejected);
        Assert.Equal("a.md", rejected.What);
        Assert.StartsWith("line 5: severity: found \"krtisch\"; use none, low,", rejected.Reason, StringComparison.Ordinal);
        Assert.Contains("krtisch", report.Health.Remark, StringComparison.Ordinal);
        Assert.Contains("sofort", Workshop.BodyOf(Assert.Single(_board.Shop.Entries())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_over_is_marked_in_place_at_its_time_without_any_change_of_the_file()
    {
        var first = await _board.TellAsync("a.md", NoticeBoard.Text(further: "validUntil: 2026-03-10T13:10"));

        _board.Shop.Clock.Advance(TimeSpan.FromMinutes(10));
        await _board.PollAsync();

        Assert.Equal(Make.Instant("2026-03-10T12:10Z"), first.NextPoll);
        var entry = Assert.Single(_board.Shop.Entries());
        Assert.Equal("[KRITISCH · abgelaufen] Exchange abschalten", Workshop.TitleOf(entry));
        Assert.Contains("Abgelaufen: Dieser Hinweis galt bis 10. März 2026, 13:10 Uhr.", Workshop.BodyOf(entry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_expires_even_while_its_file_is_gone_and_then_may_be_gone()
    {
        await _board.TellAsync("a.md", NoticeBoard.Text(further: "validUntil: 2026-03-10"));
        _board.Delete("a.md");
        _board.Shop.Clock.Advance(TimeSpan.FromHours(12));

        await _board.PollAsync();
        var report = await _board.PollAsync();

        Assert.Contains("abgelaufen", Assert.Single(_board.Titles()), StringComparison.Ordinal);
        Assert.Empty(report.Rejected);
        Assert.Equal(HealthState.Ok, report.Health.State);
    }

    [Fact]
    public async Task Two_files_with_one_id_are_both_refused()
    {
        _board.Write("a.md", NoticeBoard.Text(further: "id: eins"));

        var report = await _board.TellAsync("b.md", NoticeBoard.Text(title: "Anderer", further: "id: KWID-Eins"));

        Assert.Equal(["a.md", "b.md"], report.Rejected.Select(each => each.What));
        Assert.All(report.Rejected, each => Assert.Contains("a.md and b.md", each.Reason, StringComparison.Ordinal));
        Assert.Empty(_board.Titles());
    }

    [Theory]
    [InlineData("GREEN")]
    [InlineData("AMBER")]
    [InlineData("RED")]
    [InlineData("AMBR")]
    public async Task What_is_not_clear_stands_in_no_public_feed_and_a_label_that_becomes_closer_takes_it_out(string label)
    {
        await _board.TellAsync("a.md", NoticeBoard.Text());

        var report = await _board.TellAsync("a.md", NoticeBoard.Text(tlp: label));
        var other = await _board.TellAsync("b.md", NoticeBoard.Text(title: "Geheimes", tlp: label));

        Assert.DoesNotContain("sofort", _board.Shop.Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain("Geheimes", _board.Shop.Feed(), StringComparison.Ordinal);
        Assert.Equal(label == "AMBR" ? 1 : 0, report.Rejected.Count);
        Assert.Equal(1, other.New);
    }

    [Fact]
    public async Task A_hundred_notices_at_once_ring_one_by_one()
    {
        await _board.TellAsync("a.md", NoticeBoard.Text());
        for (var i = 0; i < 100; i++) _board.Write($"n{i}.md", NoticeBoard.Text(title: $"Hinweis {i}", severity: "mittel"));

        await _board.PollAsync();

        Assert.Equal(101, _board.Titles().Count);
    }
}
