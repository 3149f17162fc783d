using Kwid.Configuration;
using Kwid.Core.Access;
using Kwid.Core.Health;
using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;
using Kwid.Core.Publishing;
using Kwid.Core.Sources;
using Kwid.Core.Storage;

namespace Kwid.Service;

/// <summary>
/// One data folder with all that works on it, composed by hand. The shelf serves as soon as this exists; the rest lives once the store is open.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    /// <summary>A killed process leaves out lines of its last editions only.</summary>
    private const int EditionsToLookAt = 20;

    private readonly CurrentFetcher _fetcher;
    private readonly IFetcher? _network;
    private readonly string _data;
    private readonly Lock _loading = new();
    private readonly Task _loaded;
    private readonly ClockWatch _watch;
    private volatile Shelf? _shelf;
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Audience _audience;
    private Working? _working;

    /// <param name="keeper">The configuration.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="clock">The program's.</param>
    /// <param name="network">Another network than the real one, for benchmarks; null: the real one.</param>
    public Installation(ConfigurationKeeper keeper, string data, ProgramClock clock, IFetcher? network = null)
    {
        _network = network;
        (Keeper, _data, Clock) = (keeper, Path.GetFullPath(data), clock);
        Desk = new CapabilityDesk(_data, clock);
        Desk.Load();
        Audit = new AuditLog(_data, clock);
        _audience = AudienceOf(keeper.Current);
        _fetcher = new CurrentFetcher(keeper.Current, clock);
        Line = new OwnLine(clock);
        _watch = new ClockWatch(clock);
        // Beside what else has to be read at a start; whoever needs it waits for it.
        _loaded = Task.Run(() => Shelf);
        Raw = new RawArchive(Path.Combine(_data, "raw"), clock);
        keeper.Swapped += (_, swap) => Follow(swap.Now);
        keeper.Swapped += (_, swap) => _ = TellAsync(swap, CancellationToken.None);
    }

    public ConfigurationKeeper Keeper { get; }

    public KwidConfiguration Configuration => Keeper.Current;

    public ProgramClock Clock { get; }

    public Shelf Shelf
    {
        get
        {
            if (_shelf is { } loaded) return loaded;
            // What can't be read now is tried again by whoever asks next: rights and disks come back.
            lock (_loading) return _shelf ??= new Shelf(Path.Combine(_data, "shelf"), new FeedBuilder(Configuration.Service), Clock);
        }
    }

    public SourceStates States { get; } = new();

    /// <summary>Tells our own line's outage from the sources'.</summary>
    public OwnLine Line { get; }

    /// <summary>The last changed bodies of the sources.</summary>
    public RawArchive Raw { get; }

    /// <summary>Reads them again.</summary>
    public Replay Replay => new(Open.Ledger, Open.Ingest, States, Raw, () => Shelf.HasOpened, Clock);

    /// <summary>The data folder, absolute.</summary>
    public string Data => _data;

    /// <summary>Advisories known; 0 before the store is open.</summary>
    public int Advisories => _working?.Ledger.Count ?? 0;

    /// <summary>Sources that are asked: enabled, and of a kind that this version can poll.</summary>
    public IEnumerable<Source> PolledSources => Configuration.Sources.Where(source => source.IsPolled);

    /// <summary>Issues and ends capabilities.</summary>
    public CapabilityDesk Desk { get; }

    /// <summary>Who may read by which secret.</summary>
    public CapabilityBook Capabilities => Desk.Book;

    /// <summary>What was decided.</summary>
    public AuditLog Audit { get; }

    /// <summary>What the polls did since the start.</summary>
    public PollTally Tally { get; } = new();

    /// <summary>Ends when the store was tried to be opened for the first time, whatever came of it.</summary>
    public Task FirstOpening => _tried.Task;

    /// <summary>Opens the store and brings the shelf level with it; does nothing when it is open already.</summary>
    /// <exception cref="StoreException">The store can't be opened; the shelf serves on, and a later try may succeed.</exception>
    public async Task OpenAsync(CancellationToken cancel)
    {
        try
        {
            if (_working is null) await OpenStoreAsync(cancel);
        }
        finally
        {
            _tried.TrySetResult();
        }
    }

    private async Task OpenStoreAsync(CancellationToken cancel)
    {
        var store = await Stores.OpenAsync(Configuration.Storage, _data, Clock, cancel);
        try
        {
            var contents = await store.LoadAsync(cancel);
            if (contents.LastEdition is null && Shelf.Last is { } last)
                throw new StoreException($"The store is empty, but edition {last.Number} stands on the shelf: it was lost, or another one was opened. Restore the latest backup, or look at 'storage' in the configuration; to begin anew, stop kwid and delete the folder 'shelf' as well.");
            States.Learn(contents.Sources);
            await Desk.OpenAsync(store, contents.Capabilities, cancel);
            _audience = AudienceOf(Configuration);
            foreach (var source in PolledSources.Where(source => !source.Url.IsFile))
                if (States.Of(source).PausedUntil is { } until) _fetcher.Patience.Note(source, source.Url, until);
            var ledger = new Ledger(store, new KnownAdvisories(), States, id => Configuration.Sources.FirstOrDefault(source => source.Id == id), Clock, () => Configuration.Wordings);
            ledger.Learn(contents);
            var writer = new StateWriter(store, States, Clock);
            var turns = new SourceTurns(writer);
            var ingest = new Ingest(store, ledger, States, new Walks(_network ?? _fetcher, Clock), _watch, () => Shelf.HasOpened, Clock, Line, turns) { Archive = Raw, Publishers = () => Configuration.Publishers };
            var publish = new Publish(store, Shelf, Clock.IsSet ? null : _watch, Clock, States, ledger.Relations.ToldBy, ledger.Relations.AliasesOf, ledger.Relations.NamedWithEqualCvesBy);
            LastBefore = contents.LastEdition?.Instant;
            ShelfFault = await publish.CatchUpAsync(_audience, contents.LastEdition, cancel);
            if (ShelfFault is { } foreign) Audit.Note("shelf-replaced", Path.Combine(_data, "shelf"), foreign);
            await Audit.CatchUpAsync(Shelf.Newest(EditionsToLookAt), store, cancel);
            Raw.Clean();
            _working = new Working(store, ledger, ingest, new Holding(store, States, turns, Clock), publish, writer, new Retention(store, Shelf, ledger, publish, Clock));
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Why nothing is published although something may be pending; null when nothing is in the way.</summary>
    public string? PublishingFault => _working?.Publish.Fault;

    /// <summary>What is wrong with the files beside the store and what to do; null when nothing is.</summary>
    public string? FilesFault => (Shelf, Raw) switch
    {
        ({ DiskFault: { } full }, _) => $"The shelf in '{_data}' can't be written ({full}). Make room or give rights; it is then written by itself, nothing is lost.",
        ({ ReadFault: { } unreadable }, _) => $"The shelf in '{_data}' is damaged ({unreadable}). What the store still has is put in its place within a minute; if this stays, stop kwid, delete the folder 'shelf' and start again. Check the disk.",
        (_, { Fault: { } raw }) => $"The last body of a source could not be kept in '{Path.Combine(_data, "raw")}' ({raw}). Make room or give rights; until then 'kwid replay' can't read it again.",
        _ when Audit.Fault is { } unwritten => $"'{Audit.Path}' can't be written ({unwritten}). Make room or give rights; what was decided is in the store, and its lines follow by themselves.",
        _ when Desk.FileFault is { } uncopied => $"The copy of the capabilities in '{Path.Combine(_data, "shelf")}' can't be written ({uncopied}). Make room or give rights: until then a start without the store knows the former ones.",
        _ => null,
    };

    /// <summary>Polls one source now.</summary>
    public Task<PollReport> PollAsync(Source source, CancellationToken cancel) => PollAsync(source, dryRun: false, cancel);

    /// <summary>Polls one source now; a dry run commits and remembers nothing.</summary>
    public async Task<PollReport> PollAsync(Source source, bool dryRun, CancellationToken cancel)
    {
        var report = await Open.Ingest.RunAsync(source, Configuration.Polling, dryRun, cancel);
        Tally.Note(report);
        return report;
    }

    /// <summary>What is known of advisories.</summary>
    public Ledger Ledger => Open.Ledger;

    /// <summary>The store as a whole.</summary>
    public IStoreCare Care => Open.Store;

    /// <summary>Batches that wait for the operator.</summary>
    public Holding Holding => Open.Holding;

    /// <summary>Lets batches go that have waited for the operator long enough.</summary>
    public async Task<IReadOnlyList<ReleasedBatch>> ReleaseDueAsync(CancellationToken cancel)
    {
        var released = await Open.Holding.ReleaseDueAsync(cancel);
        foreach (var batch in released.Where(batch => batch.Fault is null)) Audit.Note("released", batch.Source.ToString(), $"{batch.Advisories} entries, by themselves after six hours");
        if (released.Any(batch => batch.Fault is null)) await FlushAccessAsync(CancellationToken.None);
        return released;
    }

    /// <summary>Writes what polls left behind and is not written yet.</summary>
    /// <exception cref="StoreException">It can't be written.</exception>
    public async Task FlushAsync(CancellationToken cancel)
    {
        await Open.Writer.FlushAsync(cancel);
        await FlushAccessAsync(cancel);
    }

    /// <summary>Writes when capabilities were used, and what was decided.</summary>
    /// <exception cref="StoreException">It can't be written.</exception>
    public async Task FlushAccessAsync(CancellationToken cancel)
    {
        await Desk.FlushAsync(cancel);
        await Audit.FlushAsync(Open.Store, cancel);
    }

    /// <summary>Makes feeds follow the capabilities, when the next edition is published.</summary>
    public void FollowCapabilities() => _audience = AudienceOf(Configuration);

    /// <summary>Finds out whether the store, after a fault, takes something new again.</summary>
    /// <exception cref="StoreException">It does not.</exception>
    public Task TryOutStoreAsync(CancellationToken cancel) => Open.Store.TryOutAsync(cancel);

    /// <summary>Publishes what is pending and what the configuration changed; null when there is nothing to say.</summary>
    /// <param name="withPending">False while the history of the opening still gathers.</param>
    /// <param name="cancel">Stops before the edition is written.</param>
    public async Task<Edition?> PublishAsync(bool withPending, CancellationToken cancel)
    {
        var edition = await Open.Publish.RunAsync(_audience, withPending, cancel);
        if (edition is not null) Audit.Note(edition, Shelf.FindText);
        return edition;
    }

    /// <summary>Why the shelf was made anew from the store at the start, and the former one put aside; null when it was not.</summary>
    public string? ShelfFault { get; private set; }

    /// <summary>Whether the store was opened, and no edition was in it: nothing can be old yet.</summary>
    public bool IsNew => _working is not null && LastBefore is null;

    /// <summary>The newest edition's instant when the store was opened; null before the first.</summary>
    private DateTimeOffset? LastBefore { get; set; }

    /// <summary>The clock was set: what servers said of it before is of little use.</summary>
    public void NoteClockJump() => _watch.NoteJump();

    /// <summary>Why retention may not run now; null when nothing is in the way. By a wrong clock it would take what is young.</summary>
    /// <param name="ran">When it ran last; null: never.</param>
    public string? RetentionHindrance(DateTimeOffset? ran) => Clock.IsSet || _working is null ? null : RetentionClock.Hindrance(Clock.GetUtcNow(), _watch.IsRight, ran, LastBefore);

    /// <summary>Takes what is kept no longer; to be called when there is no <see cref="RetentionHindrance"/>.</summary>
    public Task<RetentionReport> RetainAsync(CancellationToken cancel) => Open.Retention.RunAsync(Configuration.Retention, cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Keeper.Dispose();
        _fetcher.Dispose();
        await _loaded.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _shelf?.Dispose();
        if (_working is not { } working) return;
        working.Publish.Dispose();
        working.Ledger.Dispose();
        await working.Writer.DisposeAsync();
        try
        {
            await FlushAccessAsync(CancellationToken.None);
        }
        catch (StoreException)
        {
            // A stop does not fail for it: who decides something writes it at once.
        }

        await working.Store.DisposeAsync();
        Audit.Dispose();
        Desk.Dispose();
    }

    private async Task TellAsync(ConfigurationSwappedEventArgs swap, CancellationToken cancel)
    {
        Audit.Note("configuration-changed", swap.Now.File, $"version {swap.Now.Version[..12]} instead of {swap.Before.Version[..12]}");
        try
        {
            if (_working is not null) await FlushAccessAsync(cancel);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // It waits for the next edition, or for the store; nobody is here to be told.
        }
    }

    private Working Open => _working ?? throw new StoreException($"The store in '{_data}' is not open yet; try again in a moment.");

    private Audience AudienceOf(KwidConfiguration configuration) =>
        new(configuration.Service, configuration.Recipients, configuration.Sources, Capabilities.Holders, configuration.Providers) { OutageNotice = configuration.Polling.OutageNotice, Collapses = configuration.Collapses };

    private void Follow(KwidConfiguration configuration)
    {
        _fetcher.Follow(configuration);
        _audience = AudienceOf(configuration);
    }

    private sealed record Working(IStore Store, Ledger Ledger, Ingest Ingest, Holding Holding, Publish Publish, StateWriter Writer, Retention Retention);
}
