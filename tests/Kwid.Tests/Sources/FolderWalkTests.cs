using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

public sealed class FolderWalkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kwid-inbox-").FullName;
    private readonly FolderWalk _walk = new(TimeProvider.System, 1000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Feeds_of_the_folder_come_in_ordinal_order_and_nothing_else_comes()
    {
        foreach (var name in new[] { "b.rss", "a.xml", "B.atom", "C.XML", "note.txt", ".hidden.xml", "x.xml.part" }) Drop(name, name);
        Directory.CreateDirectory(Path.Combine(_folder, "sub.xml"));

        var steps = await WalkAsync();

        Assert.Equal(["B.atom", "C.XML", "a.xml", "b.rss"], Bodies(steps));
    }

    [Fact]
    public async Task The_address_of_a_document_is_its_file_whatever_its_name()
    {
        var path = Drop("100% sicher #1?.xml", "<rss/>");

        var document = Assert.IsType<FetchOutcome.Fetched>((await WalkAsync()).Single().Outcome).Document;

        Assert.Equal("file", document.Address.Scheme);
        Assert.Equal(path, document.Address.LocalPath);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_read_again()
    {
        Old(Drop("a.xml", "one"));
        var first = await WalkAsync();

        var second = await WalkAsync(first[^1].Cursor);

        Assert.IsType<FetchOutcome.NotModified>(Assert.Single(second).Outcome);
        Assert.Equal(first[^1].Cursor, second[0].Cursor);
    }

    [Fact]
    public async Task An_unchanged_old_file_is_not_even_opened()
    {
        var path = Drop("a.xml", "one");
        Old(path);
        var first = await WalkAsync();
        File.WriteAllText(path, "two");       // same length
        Old(path);                            // same time: only reading it could tell

        var second = await WalkAsync(first[^1].Cursor);

        Assert.IsType<FetchOutcome.NotModified>(Assert.Single(second).Outcome);
    }

    [Fact]
    public async Task A_file_changed_twice_within_the_step_of_the_clock_is_noticed()
    {
        var path = Drop("a.xml", "one");
        var written = File.GetLastWriteTimeUtc(path);
        var first = await WalkAsync();
        File.WriteAllText(path, "two");
        File.SetLastWriteTimeUtc(path, written);

        var second = await WalkAsync(first[^1].Cursor);

        Assert.Equal(["two"], Bodies(second));
    }

    [Fact]
    public async Task A_file_that_was_only_touched_is_not_a_change()
    {
        var path = Drop("a.xml", "one");
        var first = await WalkAsync();
        Old(path);

        var second = await WalkAsync(first[^1].Cursor);

        Assert.IsType<FetchOutcome.NotModified>(Assert.Single(second).Outcome);
    }

    [Fact]
    public async Task Only_the_new_and_the_changed_are_read()
    {
        Old(Drop("a.xml", "a"));
        var changed = Drop("b.xml", "b");
        Old(changed);
        var first = await WalkAsync();
        File.WriteAllText(changed, "b, longer");
        Drop("c.xml", "c");

        var second = await WalkAsync(first[^1].Cursor);

        Assert.Equal(["b, longer", "c"], Bodies(second));
    }

    [Fact]
    public async Task A_walk_broken_off_between_two_files_goes_on_with_the_second()
    {
        Drop("a.xml", "a");
        Drop("b.xml", "b");
        var first = await WalkAsync();

        var second = await WalkAsync(first[0].Cursor);

        Assert.Equal(["b"], Bodies(second));
    }

    [Fact]
    public async Task A_file_that_is_gone_withdraws_nothing_and_is_forgotten()
    {
        var path = Drop("a.xml", "a");
        var first = await WalkAsync();
        File.Delete(path);

        var second = await WalkAsync(first[^1].Cursor);

        Assert.IsType<FetchOutcome.NotModified>(Assert.Single(second).Outcome);
        Assert.Equal("{}", second[0].Cursor);
    }

    [Fact]
    public async Task A_cursor_that_cannot_be_read_makes_a_first_walk()
    {
        Drop("a.xml", "a");

        var steps = await WalkAsync("not JSON");

        Assert.Equal(["a"], Bodies(steps));
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_a_failure_that_names_it_and_keeps_the_cursor()
    {
        var step = Assert.Single(await WalkAsync("{}", "missing/"));

        var failed = Assert.IsType<FetchOutcome.Failed>(step.Outcome);
        Assert.StartsWith($"Source 'inbox': {_folder}/missing/ is neither a folder nor a file.", failed.Reason, StringComparison.Ordinal);
        Assert.Null(failed.Status);
        Assert.Equal("{}", step.Cursor);
    }

    [Fact]
    public async Task One_bad_file_does_not_keep_the_others_back()
    {
        Drop("a.xml", new string('x', 1001));
        Drop("b.xml", "b");
        File.CreateSymbolicLink(Path.Combine(_folder, "c.xml"), Path.Combine(_folder, "nowhere"));
        Drop("d.xml", "d");

        var steps = await WalkAsync();
        var again = await WalkAsync(steps[^1].Cursor);

        Assert.Equal(["b", "d"], Bodies(steps[..^1]));
        var failed = Assert.IsType<FetchOutcome.Failed>(steps[^1].Outcome);
        Assert.Contains("a.xml has 1001 bytes, more than the 1000", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("c.xml cannot be read", failed.Reason, StringComparison.Ordinal);
        Assert.IsType<FetchOutcome.Failed>(Assert.Single(again).Outcome);
    }

    [Fact]
    public async Task An_address_may_name_one_file_of_any_name()
    {
        Drop("a.xml", "a");
        Drop("feed", "the one");

        var steps = await WalkAsync(null, "feed");

        Assert.Equal(["the one"], Bodies(steps));
    }

    private static IEnumerable<string> Bodies(IEnumerable<WalkStep> steps) =>
        steps.Select(step => Encoding.UTF8.GetString(Assert.IsType<FetchOutcome.Fetched>(step.Outcome).Document.Body.Span));

    private static void Old(string path) => File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    private string Drop(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private async Task<List<WalkStep>> WalkAsync(string? cursor = null, string below = "")
    {
        var source = Make.Source("inbox", $"file://{_folder}/{below}");
        var state = new SourceState { Source = source.Id, Address = source.Url.AbsoluteUri, Cursor = cursor };
        return await _walk.WalkAsync(source, state, Cancel).ToListAsync(Cancel);
    }
}
