using Kwid.Cli;
using Kwid.Cli.Control;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;

namespace Kwid.Tests.Cli;

public class ReplayTextTests
{
    private static readonly ReplayReport Plain = new(new SourceId("wid"), [], [], [], [], [], []);

    [Fact]
    public void What_waits_after_a_commit_is_told_with_the_commands()
    {
        Assert.Equal("  25 entries wait for 'kwid release wid' or 'kwid discard wid'", ReplayText.Lines(Plain with { New = 25, Revised = 0, Held = 25 }).Last());
        Assert.Single(ReplayText.Lines(Plain with { New = 25, Revised = 0, Held = 0 }));
    }

    [Fact]
    public void Entries_that_differ_in_their_date_only_are_counted_and_one_of_them_is_shown()
    {
        var lines = ReplayText.Lines(Plain with { Unheeded = [Dated(1), Titled(2), Dated(3), Dated(4)], Changed = [Dated(5)] }).Skip(1);

        Assert.Equal(
        [
            "  changed: Entry 5 (g5)",
            "    updated [updated]: a → b",
            "  differs, but a poll takes no note of it: Entry 2 (g2)",
            "    updated [updated]: a → b",
            "    title [title]: a → b",
            "  differs, but a poll takes no note of it: 3 entries differ in their date only, such as Entry 1 (g1)",
            "    updated [updated]: a → b",
        ], lines);
    }

    [Theory]
    [InlineData("The clock is wrong.", true, 1)]
    [InlineData("The clock is wrong.", false, 1)]
    [InlineData(null, false, 3)]
    [InlineData(null, true, 0)]
    public void It_ends_with_1_when_publishing_is_in_the_way(string? fault, bool readable, int exit)
    {
        var body = new ReplayedBody(new Uri("https://upstream.example/feed"), Make.Instant("2026-03-01T08:00Z"), 1, [], readable ? null : "torn");

        Assert.Equal(exit, ReplayText.ExitCodeOf(new ReplayAnswer([Plain with { Bodies = [body] }], [], null, fault) { Warning = "disk full" }));
    }

    private static ReplayedEntry Dated(int number) => new($"g{number}", $"Entry {number}", [new Change("updated", "updated", "a", "b")]);

    private static ReplayedEntry Titled(int number) => Dated(number) with { Changes = [.. Dated(number).Changes, new Change("title", "title", "a", "b")] };
}
