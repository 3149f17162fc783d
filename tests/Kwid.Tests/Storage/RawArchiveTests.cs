using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Storage;

public sealed class RawArchiveTests : IDisposable
{
    private static readonly Entry[] Nothing = [];
    private readonly string _root = Directory.CreateTempSubdirectory("kwid-raw-").FullName;
    private readonly FakeTimeProvider _clock = new(Make.Instant("2026-03-10T12:00Z"));
    private readonly Source _source = Make.Source();

    private string Folder => Path.Combine(_root, "raw");

    private RawArchive Archive => field ??= new RawArchive(Folder, _clock);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_body_comes_back_with_all_that_reading_it_needs()
    {
        var details = new PageDetails(new HashSet<int> { 2 }, new Dictionary<int, DetailText> { [0] = new("<p>ä</p>", new Uri("https://upstream.example/0")) }, ["one failed"]);
        var document = new FetchedDocument(new Uri("https://upstream.example/feed"), "größer"u8.ToArray(), "text/html; charset=utf-8", new Uri("https://upstream.example/other")) { Details = details };

        Archive.Keep(_source, document, [Make.Entry(guid: "g1", title: "Titel")]);
        _clock.Advance(TimeSpan.FromDays(1));

        var body = Assert.Single(Archive.Find(_source));
        Assert.Equal(Make.Instant("2026-03-10T12:00Z"), body.Seen);
        Assert.Equal((document.Address, document.ContentType, document.ContentLocation), (body.Document.Address, body.Document.ContentType, body.Document.ContentLocation));
        Assert.Equal(document.Body.ToArray(), body.Document.Body.ToArray());
        Assert.Equal([2], body.Document.Details!.Unchanged);
        Assert.Equal(details.Texts, body.Document.Details.Texts);
        Assert.Equal(details.Faults, body.Document.Details.Faults);
        Assert.Equal([new KeptItem("g1", "Titel")], body.Told);
    }

    [Fact]
    public void Only_the_last_body_of_a_source_is_kept()
    {
        Archive.Keep(_source, Document("first"), Nothing);
        Archive.Keep(_source, Document("second"), Nothing);

        Assert.Equal(["second"], Texts(_source));
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_body_that_cannot_be_read_stands_beside_the_last_that_could_until_one_can_again()
    {
        Archive.Keep(_source, Document("good"), Nothing);
        _clock.Advance(TimeSpan.FromHours(1));
        Archive.Keep(_source, Document("bad"), null);
        Assert.Equal(["bad", "good"], Texts(_source));
        Assert.Null(Archive.Find(_source)[0].Told);

        Archive.Keep(_source, Document("good"), Nothing);

        Assert.Equal(["good"], Texts(_source));
    }

    [Fact]
    public void A_body_is_kept_for_30_days_after_it_came_last()
    {
        Archive.Keep(_source, Document("same"), Nothing);
        _clock.Advance(TimeSpan.FromDays(29));
        Archive.Keep(_source, Document("same"), Nothing);
        _clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(Make.Instant("2026-03-10T12:00Z"), Assert.Single(Archive.Find(_source)).Seen);

        _clock.Advance(TimeSpan.FromDays(2));

        Assert.Empty(Archive.Find(_source));
        Archive.Keep(Make.Source(id: "other"), Document("new"), Nothing);
        Assert.Equal("other.raw", Path.GetFileName(Assert.Single(Directory.GetFiles(Folder))));
    }

    [Fact]
    public void A_start_removes_old_bodies_and_what_an_interrupted_process_left_behind()
    {
        Archive.Keep(_source, Document("old"), Nothing);
        File.WriteAllText(Path.Combine(Folder, "bsi-wid.raw.new"), "half");
        _clock.Advance(TimeSpan.FromDays(31));

        Archive.Clean();

        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void Of_a_folder_each_document_is_kept_50_at_most()
    {
        var inbox = Make.Source(id: "inbox", url: "file:///inbox/");
        for (var i = 0; i < 60; i++)
        {
            Archive.Keep(inbox, new FetchedDocument(new Uri($"file:///inbox/{i}.xml"), Encoding.UTF8.GetBytes($"{i}"), null), Nothing);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Enumerable.Range(10, 50).Reverse().Select(i => $"{i}"), Texts(inbox));
    }

    [Fact]
    public void A_renamed_source_has_the_bodies_of_its_former_id()
    {
        Archive.Keep(_source, Document("body"), Nothing);

        Assert.Equal(["body"], Texts(Make.Source(id: "renamed") with { FormerIds = [_source.Id] }));
        Assert.Empty(Archive.Find(Make.Source(id: "bsi")));
    }

    [Fact]
    public void Own_pages_read_earlier_stay_with_a_list_that_is_the_same()
    {
        var (first, second) = (new DetailText("1", new Uri("https://upstream.example/1")), new DetailText("2", new Uri("https://upstream.example/2")));
        Archive.Keep(_source, Document("list") with { Details = new PageDetails(new HashSet<int>(), new Dictionary<int, DetailText> { [0] = first }, []) }, [Make.Entry(guid: "g1")]);
        Archive.Keep(_source, Document("list") with { Details = new PageDetails(new HashSet<int> { 0 }, new Dictionary<int, DetailText> { [1] = second }, []) }, [Make.Entry(guid: "g2")]);

        var body = Assert.Single(Archive.Find(_source));

        Assert.Equal([first, second], body.Document.Details!.Texts.OrderBy(text => text.Key).Select(text => text.Value));
        Assert.Equal(["g1", "g2"], body.Told!.Select(item => item.Guid));
    }

    [Fact]
    public void What_is_kept_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        if (OperatingSystem.IsWindows()) return; // tells the compiler, which does not know of skipping

        Archive.Keep(_source, Document("secret"), Nothing);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(Folder))));
    }

    [Fact]
    public void A_fault_of_the_disk_is_told_and_thrown_at_nobody_and_over_when_it_works_again()
    {
        File.WriteAllText(Folder, "in the way");
        Archive.Keep(_source, Document("body"), Nothing);
        Assert.NotNull(Archive.Fault);
        Assert.Empty(Archive.Find(_source));

        File.Delete(Folder);
        Archive.Keep(_source, Document("body"), Nothing);

        Assert.Null(Archive.Fault);
        Assert.Equal(["body"], Texts(_source));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-1)]
    public void A_damaged_file_is_told_and_replaced_by_the_next_body(int length)
    {
        Archive.Keep(_source, Document("body"), Nothing);
        var file = Directory.GetFiles(Folder).Single();
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, length < 0 ? bytes[..^3] : bytes[..length]);

        Assert.Empty(Archive.Find(_source));
        Assert.Contains(file, Archive.Fault, StringComparison.Ordinal);
        Archive.Keep(_source, Document("next"), Nothing);
        Assert.Equal(["next"], Texts(_source));
    }

    private static FetchedDocument Document(string text) => new(new Uri("https://upstream.example/feed"), Encoding.UTF8.GetBytes(text), "application/xml");

    private IEnumerable<string> Texts(Source source) => Archive.Find(source).Select(body => Encoding.UTF8.GetString(body.Document.Body.Span));
}
