using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Publishing;

public class FeedViewTests
{
    private static readonly DateTimeOffset Start = Make.Instant("2026-03-01T12:00:00Z");

    [Fact]
    public void A_new_entry_stands_on_top()
    {
        var view = View(Edition(1, Row("A")), Edition(2, Row("B")));

        Assert.Equal(["B", "A"], view.Snapshot.Window.Select(Advisory));
    }

    [Fact]
    public void A_silent_update_changes_the_last_entry_in_place()
    {
        var view = View(Edition(1, Row("A")), Edition(2, Row("A", 2)), Edition(3, Row("A", 3, PublicationKind.Update)));

        Assert.Equal([3, 1], view.Snapshot.Window.Select(entry => entry.Shown.Number));
        Assert.Equal([2, 1], view.Snapshot.Window.Select(entry => entry.First.Revision.Number));
        Assert.Equal(3, view.Snapshot.Version.Number);
    }

    [Fact]
    public void A_later_entry_of_an_advisory_answers_the_first_one_of_this_feed()
    {
        var view = View(Edition(1, Row("A", 4)), Edition(2, Row("A", 5)), Edition(3, Row("A", 6)));

        Assert.Equal([4, 4, null], view.Snapshot.Window.Select(entry => entry.ReplyTo));
    }

    [Fact]
    public void Rows_of_other_classes_and_of_editions_before_the_first_segment_change_nothing()
    {
        var view = View([new Segment("standard", 2)], Edition(1, Row("A")), Edition(2, Row("B", @class: "other")));

        Assert.Empty(view.Snapshot.Entries);
        Assert.Equal(0, view.Snapshot.Version.Number);
    }

    [Fact]
    public void A_changed_class_keeps_what_was_published_and_acts_on_new_entries()
    {
        var view = View(
            [new Segment("standard", 1), new Segment("other", 3)],
            Edition(1, Row("A")), Edition(2, Row("B", @class: "other")), Edition(3, Row("C", @class: "other")), Edition(4, Row("D")));

        Assert.Equal(["C", "A"], view.Snapshot.Window.Select(Advisory));
    }

    [Fact]
    public void Entries_older_than_30_days_leave_for_the_archive_in_whole_documents_but_50_stay()
    {
        var many = Enumerable.Range(1, 149).Select(n => Edition(n, Row($"A{n}"))).ToArray();
        var view = View(many);
        Assert.Equal(0, view.Snapshot.Archived);

        view.Apply(Edition(150, Start.AddDays(31), Row("late")));
        view.Settle();

        Assert.Equal(100, view.Snapshot.Archived);
        Assert.Equal(50, view.Snapshot.Window.Count());
        Assert.Equal(["A50", "A1"], [Advisory(view.Snapshot.ArchiveOf(1).First()), Advisory(view.Snapshot.ArchiveOf(1).Last())]);
    }

    [Fact]
    public void The_window_never_holds_more_than_1000_entries()
    {
        var view = View([.. Enumerable.Range(1, 1001).Select(n => Edition(n, Row($"A{n}")))]);

        Assert.Equal(951, view.Snapshot.Window.Count());
        Assert.Equal(1, view.Snapshot.ArchiveCount);
    }

    [Fact]
    public void The_window_never_holds_more_than_4_MB()
    {
        var view = View([.. Enumerable.Range(1, 200).Select(n => Edition(n, Row($"A{n}", size: 40_000)))]);

        Assert.InRange(view.Snapshot.Window.Sum(entry => entry.First.Size), 1_950_000, 4_000_000);
    }

    [Fact]
    public void A_closed_archive_document_ignores_updates_but_not_withdrawals()
    {
        var view = View([.. Enumerable.Range(1, 1001).Select(n => Edition(n, Row($"A{n}")))]);

        view.Apply(Edition(1002, Row("A1", 2, PublicationKind.Update), Row("A2", 1, PublicationKind.Withdrawal)));
        view.Settle();

        var archive = view.Snapshot.ArchiveOf(1).ToList();
        Assert.Equal(1, archive.Single(entry => Advisory(entry) == "A1").Shown.Number);
        Assert.NotNull(archive.Single(entry => Advisory(entry) == "A2").Withdrawn);
    }

    private static string Advisory(ShownEntry entry) => entry.First.Revision.Advisory.ToString();

    private static FeedView View(params Edition[] editions) => View([new Segment("standard", 1)], editions);

    private static FeedView View(IReadOnlyList<Segment> segments, params Edition[] editions)
    {
        var view = new FeedView(segments, _ => true);
        foreach (var edition in editions) view.Apply(edition);
        view.Settle();
        return view;
    }

    private static Edition Edition(int number, params Publication[] rows) => Edition(number, Start.AddMinutes(number), rows);

    private static Edition Edition(int number, DateTimeOffset instant, params Publication[] rows) =>
        new(number, instant, [.. rows.Select(row => row with { Instant = instant })], [], null);

    private static Publication Row(string advisory, int revision = 1, PublicationKind kind = PublicationKind.Entry, string @class = "standard", int size = 100) =>
        new(@class, new RevisionKey(new AdvisoryId(advisory), revision), kind, Start, size, "deliver-always");
}
