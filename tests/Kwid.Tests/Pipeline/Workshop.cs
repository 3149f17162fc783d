using System.Text;
using System.Xml.Linq;
using Kwid.Core.Health;
using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;
using Kwid.Core.Publishing;
using Kwid.Core.Sources;
using Kwid.Core.Storage;
using Kwid.LiteDb;

namespace Kwid.Tests.Pipeline;

/// <summary>The whole pipeline on a store in a temporary folder, with a scripted network and a clock that the test moves.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    public static readonly PollingPolicy Policy = new(TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromDays(7));
    public static readonly ServiceIdentity Identity =
        new("KWID Test", "https://kwid.test", "kwid.test,2026", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), null, null);

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly string _folder;
    private readonly bool _owned;

    private Workshop(string folder, bool owned, JumpingClock clock) => (_folder, _owned, Clock, Watch) = (folder, owned, clock, new ClockWatch(clock));

    public JumpingClock Clock { get; }

    public ScriptedFetcher Network { get; } = new();

    public Shelf Shelf { get; private set; } = null!;

    public Publish Publish { get; private set; } = null!;

    public Ledger Ledger { get; private set; } = null!;

    public Ingest Ingest { get; private set; } = null!;

    public Holding Holding { get; private set; } = null!;

    public SourceTurns Turns { get; private set; } = null!;

    public RawArchive Archive { get; private set; } = null!;

    public StateWriter Writer { get; private set; } = null!;

    public Replay Replay { get; private set; } = null!;

    public Retention Retention { get; private set; } = null!;

    public SourceStates States { get; } = new();

    public ClockWatch Watch { get; }

    /// <summary>Which advisory refers to one.</summary>
    public Dictionary<AdvisoryId, AdvisoryId> ToldBy { get; } = [];

    public List<Recipient> Recipients { get; } = [new(new RecipientKey("05315000"), "Köln", null, Subscription.Default)];

    public List<Source> Sources { get; } = [Make.Source()];

    public LiteDbStore Store { get; private set; } = null!;

    public static async Task<Workshop> OpenAsync(string now = "2026-03-10T12:00:00Z", Workshop? before = null)
    {
        var folder = before?._folder ?? Directory.CreateTempSubdirectory("kwid-test-").FullName;
        var shop = new Workshop(folder, owned: before is null, before?.Clock ?? new JumpingClock(Make.Instant(now)));
        shop.Store = await LiteDbStore.OpenAsync(folder, shop.Clock, Cancel);
        var contents = await shop.Store.LoadAsync(Cancel);
        var known = new KnownAdvisories();
        shop.States.Learn(contents.Sources);
        shop.Shelf = new Shelf(Path.Combine(folder, "shelf"), shop.Audience.Builder, shop.Clock);
        shop.Publish = new Publish(shop.Store, shop.Shelf, shop.Watch, shop.Clock, shop.States, (id, isDelivered) => shop.ToldBy.TryGetValue(id, out var by) && isDelivered(by) ? by : shop.Ledger.Relations.ToldBy(id, isDelivered), id => shop.Ledger.Relations.AliasesOf(id), id => shop.Ledger.Relations.NamedWithEqualCvesBy(id));
        shop.Foreign = await shop.Publish.CatchUpAsync(shop.Audience, contents.LastEdition, Cancel);
        var ledger = shop.Ledger = new Ledger(shop.Store, known, shop.States, id => shop.Sources.Find(source => source.Id == id), shop.Clock);
        ledger.Learn(contents);
        shop.Writer = new StateWriter(shop.Store, shop.States, shop.Clock);
        shop.Turns = new SourceTurns(shop.Writer);
        shop.Archive = new RawArchive(Path.Combine(folder, "raw"), shop.Clock);
        shop.Ingest = new Ingest(shop.Store, ledger, shop.States, new Walks(shop.Network, shop.Clock), shop.Watch, () => shop.Shelf.HasOpened, shop.Clock, turns: shop.Turns) { Archive = shop.Archive };
        shop.Holding = new Holding(shop.Store, shop.States, shop.Turns, shop.Clock);
        shop.Retention = new Retention(shop.Store, shop.Shelf, ledger, shop.Publish, shop.Clock);
        shop.Replay = new Replay(ledger, shop.Ingest, shop.States, shop.Archive, () => shop.Shelf.HasOpened, shop.Clock);
        return shop;
    }

    /// <summary>Why the shelf was made anew at the start.</summary>
    public string? Foreign { get; private set; }

    public bool Collapses { get; set; }

    /// <summary>Whose protected feeds there are.</summary>
    public HashSet<string> Holders { get; } = new(StringComparer.Ordinal);

    /// <summary>Who serves several recipients.</summary>
    public List<Provider> Providers { get; } = [];

    public Audience Audience => new(Identity, Recipients, Sources, Holders, Providers) { Collapses = Collapses };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The folder of the shelf.</summary>
    public string ShelfFolder => Path.Combine(_folder, "shelf");

    /// <summary>Polls the first source for this body, publishes, and moves the clock by a minute.</summary>
    public async Task<PollReport> TellAsync(string? body)
    {
        Network.Body = body;
        var report = await Ingest.RunAsync(Sources[0], Policy, Cancel);
        await PublishAsync();
        return report;
    }

    /// <summary>A source says this, as if polled; published, five hours pass.</summary>
    public async Task SayAsync(Source source, Entry entry, bool publish = true)
    {
        var staging = new Staging(States.Of(source), DateTimeOffset.MinValue, mayHold: false) { Now = Clock.GetUtcNow() };
        await Ledger.CommitAsync(source, [entry], [], staging, (_, _) => States.Of(source), dryRun: false, Cancel);
        if (!publish) return;
        await PublishAsync();
        Clock.Advance(TimeSpan.FromHours(5));
    }

    /// <summary>A shelf that is filled from the store anew shows the same feed. Nothing can be asked of this one any more.</summary>
    public async Task AssertRebuiltAsync()
    {
        var before = AllFeeds();
        await AbandonAsync();
        Directory.Delete(ShelfFolder, recursive: true);
        await using var rebuilt = await OpenAsync(before: this);
        Assert.Equal(before, rebuilt.AllFeeds());
    }

    /// <summary>Every feed that there ever was, in all formats, with its tag.</summary>
    private List<string> AllFeeds() =>
        [.. from feed in Shelf.Known from format in new[] { FeedFormat.Atom, FeedFormat.Rss } select $"{Shelf.Find(new FeedAddress(feed, format, null))!.Tag}\n{Read(feed, format)}"];

    /// <summary>A feed's bytes as text, of a protected one too.</summary>
    public string Read(string feed, FeedFormat format = FeedFormat.Atom) =>
        string.Concat(Shelf.Find(new FeedAddress(feed, format, null))!.Plain().Select(piece => Encoding.UTF8.GetString(piece.Span)));

    /// <summary>Stores a revision as pending, publishes, and moves the clock by a minute.</summary>
    public async Task<Edition?> ReviseAsync(Revision told, params Change[] changes)
    {
        await StoreAsync(told with { Changes = changes, Origin = Origin.Of(Sources[0]) });
        return await PublishAsync();
    }

    /// <summary>Stores a revision as pending.</summary>
    public Task StoreAsync(Revision told) => Store.CommitAsync(
        new IngestBatch([new StagedRevision(told, RevisionStage.Pending)], [new Advisory(told.Key.Advisory, told.Entry.Source, told.Key.Number, Fingerprint.Of(told.Entry))], [], null),
        Cancel);

    /// <summary>Entries of a feed whose text has this word, newest first.</summary>
    public IReadOnlyList<XElement> Entries(string word = "", string path = "05315000.atom") =>
        [.. XDocument.Parse(Feed(path)).Root!.Elements(Atom + "entry").Where(entry => entry.Value.Contains(word, StringComparison.Ordinal))];

    public static string TitleOf(XElement entry) => entry.Element(Atom + "title")!.Value;

    public static string IdOf(XElement entry) => entry.Element(Atom + "id")!.Value;

    public static string BodyOf(XElement entry) => entry.Element(Atom + "content")!.Value;

    public async Task<Edition?> PublishAsync()
    {
        var edition = await Publish.RunAsync(Audience, withPending: true, Cancel);
        Clock.Advance(TimeSpan.FromMinutes(1));
        return edition;
    }

    /// <summary>A feed's bytes as text.</summary>
    public string Feed(string path = "05315000.atom")
    {
        var text = new MemoryStream();
        foreach (var piece in Document(path).Plain()) text.Write(piece.Span);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public ShelvedDocument Document(string path = "05315000.atom") =>
        FeedAddress.TryParse(path, out var address) && Shelf.Find(address) is { } document ? document : throw new InvalidOperationException($"no feed {path}");

    /// <summary>Closes everything without any farewell, as a killed process does, but keeps the folder.</summary>
    public async Task AbandonAsync()
    {
        Shelf.Dispose();
        await Store.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await AbandonAsync();
        if (_owned) Directory.Delete(_folder, recursive: true);
    }
}
