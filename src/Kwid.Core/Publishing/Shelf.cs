using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>
/// Where what is published stands: in memory, and in <c>DATA/shelf</c>, from which it serves before the store is open and when the store is broken.
/// Requests read nothing else. Safe for many readers beside one <see cref="Append"/>.
/// </summary>
public sealed partial class Shelf : IDisposable
{
    private const long BodyBytes = 64 * 1024 * 1024;

    private readonly ShelfFiles _files;
    private readonly TimeProvider _time;
    private readonly Lock _writing = new();
    private readonly List<Edition> _editions = [];
    private readonly ConcurrentDictionary<string, FeedRecord> _feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FeedView> _views = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<AdvisoryId, ImmutableDictionary<string, Publication>> _last = new();
    private readonly ConcurrentDictionary<AdvisoryId, DateTimeOffset> _rung = new();
    private readonly ConcurrentDictionary<string, bool> _logged = new(StringComparer.Ordinal);
    private readonly DigestMembers _digests = new();
    private readonly ConcurrentDictionary<RevisionKey, ShelvedText> _places = new();
    private readonly ConcurrentDictionary<RevisionKey, Revision> _unsaved = new();
    private readonly ConcurrentDictionary<RevisionKey, bool> _damaged = new();
    private readonly ByteBoundedCache<(FeedAddress, string Tag, string Coding), byte[]> _bodies = new(BodyBytes, body => body.Length);
    private readonly Queue<(Edition Edition, IReadOnlyList<Revision> Texts)> _behind = new();
    private FeedBuilder _builder;
    private EditionMark _look;

    /// <summary>Loads what stands in the folder, and makes it if it is missing.</summary>
    public Shelf(string folder, FeedBuilder builder, TimeProvider time)
    {
        _files = new ShelfFiles(folder);
        _builder = builder;
        _time = time;
        foreach (var shelved in _files.Load()) TakeIn(shelved.Edition, shelved.Texts, settle: false);
        ReadFault = _files.LoadFault;
        Settle();
    }

    /// <summary>The newest edition's number and instant; null before the first.</summary>
    public (int Number, DateTimeOffset Instant)? Last
    {
        get
        {
            lock (_writing) return _editions is [.., var last] ? (last.Number, last.Instant) : null;
        }
    }

    /// <summary>The look that the last edition with one had; null before the first.</summary>
    public string? LastLook { get; private set; }

    /// <summary>The newest text of the newest notice of an outage; null before the first.</summary>
    internal Revision? LastNotice { get; private set; }

    /// <summary>Whether any entry was ever published: the opening is over.</summary>
    public bool HasOpened { get; private set; }

    /// <summary>Why editions could not be written to disk; null when all were. They are shown all the same.</summary>
    public string? DiskFault { get; private set; }

    /// <summary>What could not be read from disk last; null when all could. An entry stands without its text until the store brings it again.</summary>
    public string? ReadFault { get; private set; }

    /// <summary>Texts that could not be read from disk, and that the next edition brings again.</summary>
    internal IReadOnlyCollection<RevisionKey> Damaged => [.. _damaged.Keys];

    /// <summary>The feeds that have not ended, by feed part.</summary>
    public IReadOnlyDictionary<string, StandingFeed> Feeds => _feeds.Where(pair => !pair.Value.Ended)
        .ToDictionary(pair => pair.Key, pair => new StandingFeed(pair.Value.Name, pair.Value.Class, pair.Value.Lane, pair.Value.Group?.Now), StringComparer.Ordinal);

    /// <summary>Feed parts of all that ever existed, ended ones included, in order.</summary>
    public IReadOnlyList<string> Known => [.. _feeds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether the feed ever existed: one that returns goes on where it ended.</summary>
    public bool Knows(string feed) => _feeds.ContainsKey(feed);

    /// <summary>By class, the newest row of its log for the advisory; empty when it never was published.</summary>
    public IReadOnlyDictionary<string, Publication> LastPublications(AdvisoryId advisory) =>
        _last.GetValueOrDefault(advisory, ImmutableDictionary<string, Publication>.Empty);

    /// <summary>When the advisory last rang in any class, by itself or within a digest; null when it never did.</summary>
    internal DateTimeOffset? LastRing(AdvisoryId advisory) => _rung.TryGetValue(advisory, out var instant) ? instant : null;

    /// <summary>Every row of the class logs for one of these advisories, oldest first, each with its edition's number.</summary>
    public IReadOnlyList<(int Edition, Publication Row)> PublicationsOf(IReadOnlyCollection<AdvisoryId> advisories)
    {
        lock (_writing)
            return [.. from edition in _editions from row in edition.Publications where advisories.Contains(row.Revision.Advisory) select (edition.Number, row)];
    }

    /// <summary>The feeds whose window shows one of these advisories, by itself or in a digest, in order of their feed parts.</summary>
    public IReadOnlyList<string> FeedsThatShow(IReadOnlyCollection<AdvisoryId> advisories)
    {
        var digests = advisories.SelectMany(id => LastPublications(id).Keys.SelectMany(@class => DigestsOf(@class, id)));
        advisories = [.. advisories, .. digests];
        var showing = _feeds.Values.Where(feed => !feed.Ended).Select(feed => feed.View).Distinct()
            .Where(view => view.Snapshot.Window.Any(entry => advisories.Contains(entry.First.Revision.Advisory) || entry.Inside.Keys.Any(key => advisories.Contains(key.Advisory)))).ToHashSet();
        return [.. _feeds.Where(pair => !pair.Value.Ended && showing.Contains(pair.Value.View)).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
    }

    /// <summary>The digests that tell a member to a class now.</summary>
    internal IReadOnlyList<AdvisoryId> DigestsOf(string @class, AdvisoryId member)
    {
        lock (_writing) return _digests.Of(@class, member);
    }

    /// <summary>The digest in which a class sees the member's silent changes; null when in none.</summary>
    internal AdvisoryId? CurrentDigestOf(string @class, AdvisoryId member)
    {
        lock (_writing) return _digests.CurrentOf(@class, member);
    }

    /// <summary>What a digest tells a class now.</summary>
    internal IReadOnlyList<DigestMember> MembersOf(string @class, AdvisoryId digest)
    {
        lock (_writing) return _digests.In(@class, digest);
    }

    /// <summary>Whether an entry that a class was given for the advisory stands in the window of any feed.</summary>
    internal bool ShowsInWindow(string @class, AdvisoryId advisory) => _feeds.Values
        .Where(feed => !feed.Ended).Select(feed => feed.View).Distinct()
        .Any(view => view.Snapshot.Window.Any(entry => entry.First.Class == @class && entry.First.Revision.Advisory == advisory));

    /// <summary>What Kwid wrote itself, as its edition has it; null when it is another's.</summary>
    internal Revision? FindAuthored(RevisionKey key)
    {
        lock (_writing) return _editions.SelectMany(edition => edition.Authored).FirstOrDefault(text => text.Key == key);
    }

    /// <summary>A text as it was published; null when it is not there, as when retention has taken it, or can't be read.</summary>
    internal Revision? FindText(RevisionKey key)
    {
        if (!HasText(key)) return null;
        try
        {
            return Text(key);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Takes note that a text is kept nowhere any more: nothing brings it again.</summary>
    internal void GiveUp(RevisionKey key)
    {
        lock (_writing)
        {
            if (_damaged.TryRemove(key, out _) && _damaged.IsEmpty) ReadFault = null;
        }
    }

    /// <summary>First edition of the class's present window, where a new feed joins; null when the class has no log yet.</summary>
    public int? WindowStart(string @class)
    {
        lock (_writing)
        {
            // What a feed shows that was in the class from its first edition on.
            return ViewOf([new Segment(@class, 1)]).Snapshot.Window.LastOrDefault()?.Edition.Number;
        }
    }

    /// <summary>What is told inside an advisory's entries in the windows of a class's feeds.</summary>
    internal IReadOnlyList<RevisionKey> InsidersOf(string @class, AdvisoryId host) =>
    [
        .. _feeds.Values.Where(feed => !feed.Ended).Select(feed => feed.View).Distinct()
            .SelectMany(view => view.Snapshot.Window).Where(entry => entry.First.Class == @class && entry.First.Revision.Advisory == host)
            .SelectMany(entry => entry.Inside.Keys).Distinct(),
    ];

    /// <summary>Whether anything was ever put before a class.</summary>
    internal bool HasLog(string @class) => _logged.ContainsKey(@class);

    /// <summary>The newest row of each advisory in a class's log.</summary>
    internal IReadOnlyList<Publication> LastRowsOf(string @class) => [.. _last.Values.Select(rows => rows.GetValueOrDefault(@class)).OfType<Publication>()];

    /// <summary>Advisories with an entry in the present window of a class, in order.</summary>
    internal IReadOnlyList<AdvisoryId> WindowOf(string @class)
    {
        lock (_writing) return [.. ViewOf([new Segment(@class, 1)]).Snapshot.Window.Reverse().Select(entry => entry.First.Revision.Advisory).Distinct()];
    }

    /// <summary>Urgent entries that a feed was given by some of its editions, oldest first.</summary>
    /// <param name="feed">Its feed part.</param>
    /// <param name="isNew">Whether an edition, by its number and its instant, is one of them; of older ones none is.</param>
    public IReadOnlyList<(int Edition, RevisionKey Revision, DateTimeOffset Instant)> Urgent(string feed, Func<int, DateTimeOffset, bool> isNew) => _feeds.TryGetValue(feed, out var record)
        ? [.. record.View.Snapshot.Window.TakeWhile(entry => isNew(entry.Edition.Number, entry.Edition.Instant)).Where(entry => FindText(entry.First.Revision) is { } text && Materiality.IsUrgent(text.Entry))
            .Select(entry => (entry.Edition.Number, entry.First.Revision, entry.First.Instant)).Reverse()]
        : [];

    /// <summary>Numbers of the archive documents that a feed offers, newest first.</summary>
    public IReadOnlyList<int> Archives(string feed)
    {
        if (!_feeds.TryGetValue(feed, out var record) || record.Ended) return [];
        var (snapshot, archives) = (record.View.Snapshot, new List<int>());
        for (var number = snapshot.Before(null); number is { } n; number = snapshot.Before(n)) archives.Add(n);
        return archives;
    }

    /// <summary>What a feed's window shows, newest first; empty when there is no such feed. Texts that can't be read are left out.</summary>
    public IReadOnlyList<(Publication First, Revision Shown)> Window(string feed) => _feeds.TryGetValue(feed, out var record) && !record.Ended
        ? [.. from entry in record.View.Snapshot.Window where entry.Withdrawn is null let shown = FindText(entry.Shown) where shown is not null select (entry.First, shown)]
        : [];

    /// <summary>Shows an edition, and writes it down. A disk that can't be written delays nothing: the store has the edition.</summary>
    /// <param name="edition">The next one.</param>
    /// <param name="texts">The revisions that it shows for the first time, and <see cref="Damaged"/> ones; their feeds' bytes change with the edition's look.</param>
    /// <param name="builder">With an edition that has a look: the builder that has it.</param>
    public void Append(Edition edition, IReadOnlyList<Revision> texts, FeedBuilder? builder = null)
    {
        lock (_writing)
        {
            foreach (var text in texts)
            {
                _unsaved[text.Key] = text;
                if (_damaged.TryRemove(text.Key, out _) && _damaged.IsEmpty) ReadFault = null;
            }

            TakeIn(edition, [], settle: true);
            if (builder is not null) _builder = builder;
            _behind.Enqueue((edition, texts));
            WriteBehind();
        }
    }

    /// <summary>Writes what is not yet on disk, in order; what can't be written stays in memory and is tried again, at the latest with the next edition.</summary>
    public void WriteDown()
    {
        lock (_writing) WriteBehind();
    }

    /// <summary>Empties the shelf, to be filled again from the store; its files are kept aside.</summary>
    public void Clear()
    {
        lock (_writing)
        {
            _files.SetAside();
            ReadFault = null;
            _editions.Clear();
            _feeds.Clear();
            _views.Clear();
            _last.Clear();
            _rung.Clear();
            _logged.Clear();
            _digests.Clear();
            _places.Clear();
            _unsaved.Clear();
            _damaged.Clear();
            _behind.Clear();
            _look = default;
            LastLook = null;
            LastNotice = null;
            HasOpened = false;
        }
    }

    /// <summary>What stands at a public address, or at a protected one for whom may read it; null when there never was such a feed.</summary>
    public ShelvedDocument? Find(FeedAddress address) => Find(address, null);

    /// <summary>What stands at a protected address for who has this capability; null when there never was such a feed.</summary>
    /// <param name="address">Of the capability's holder.</param>
    /// <param name="capability">In force or ended.</param>
    /// <param name="successor">The one that took its place; null when none did.</param>
    public ShelvedDocument? Find(FeedAddress address, Capability capability, Capability? successor)
    {
        var (now, builder) = (_time.GetUtcNow(), _builder);
        if (capability.IsInForce(now)) return Find(address, address.Archive is null ? Farewell.Announce(builder.Zone, capability, successor?.Issued ?? capability.Issued, now) : null);
        if (address.Archive is not null || !_feeds.TryGetValue(address.Feed, out var feed)) return null;
        var word = Farewell.OfCapability(builder.Zone, capability);
        return new ShelvedDocument($"{capability.Id}-{builder.Look}", word.Instant, now - word.Instant > Farewell.Lasts, _bodies, address, () => builder.BuildFarewell(address, feed.Name, word));
    }

    private ShelvedDocument? Find(FeedAddress address, ReaderWord? word)
    {
        if (!_feeds.TryGetValue(address.Feed, out var feed)) return null;
        var builder = _builder;
        if (feed.Ended) return Ended(address, feed, builder);

        var snapshot = feed.View.Snapshot;
        if (address.Archive is { } archive && !snapshot.Offers(archive)) return null;
        var shown = address.Archive is { } number ? MarkOf(snapshot.ArchiveOf(number)) : snapshot.Version;
        var mark = EditionMark.Latest(EditionMark.Latest(shown, feed.Changed), _look);
        var tag = Tag(address, mark, builder) + EndOf(snapshot, address);
        var merger = address.Archive is null ? feed.Merger?.Word(builder.Zone, address.IsProtected) : null;
        if (word is null) return new ShelvedDocument(tag, mark.Instant, Gone: false, _bodies, address, () => builder.Build(address, feed, mark.Instant, snapshot, Text, merger: merger));
        var changed = word.Instant > mark.Instant ? word.Instant : mark.Instant;
        return new ShelvedDocument($"{tag}-{word.Instant.ToUnixTimeSeconds():x}", changed, Gone: false, _bodies, address, () => builder.Build(address, feed, changed, snapshot, Text, word, merger));
    }

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private ShelvedDocument? Ended(FeedAddress address, FeedRecord feed, FeedBuilder builder)
    {
        if (address.Archive is not null) return null;
        var (number, ended) = feed.Changed;
        var gone = _time.GetUtcNow() - ended > Farewell.Lasts;
        return new ShelvedDocument(Tag(address, feed.Changed, builder), ended, gone, _bodies, address, () => builder.BuildFarewell(address, feed.Name, Farewell.OfRecipient(builder.Zone, number, ended)));
    }

    /// <summary>
    /// With the instant: after a lost store editions begin at 1 again, and an old validator must not match new bytes. A protected feed's is never a public one's: with a token
    /// in a header both stand at one address.
    /// </summary>
    private static string Tag(FeedAddress address, EditionMark mark, FeedBuilder builder) =>
        string.Create(CultureInfo.InvariantCulture, $"{mark.Number}-{mark.Instant.ToUnixTimeSeconds():x}-{builder.Look}{(address.IsProtected ? "-intern" : "")}");

    /// <summary>The chain of archive documents ends where retention has taken the next: the document without that link is another one, and its entries are the same.</summary>
    private static string EndOf(FeedSnapshot snapshot, FeedAddress address) =>
        address.Archive != 1 && snapshot.ArchiveCount > 0 && snapshot.Before(address.Archive) is null ? "-end" : "";

    /// <summary>Of a closed archive document: its entries change by withdrawals and redactions only.</summary>
    private static EditionMark MarkOf(IEnumerable<ShownEntry> entries) =>
        entries.Select(entry => entry.Changed).Aggregate(EditionMark.Latest);

    /// <summary>Entries are shown before the feeds' versions rise: a version must never be seen with the bytes of the one before.</summary>
    private void TakeIn(Edition edition, IReadOnlyList<TextPlace> places, bool settle)
    {
        var mark = new EditionMark(edition.Number, edition.Instant);
        foreach (var place in places) _places[place.Key] = _files.At(place);
        foreach (var row in edition.Publications.Where(row => !row.IsForgotten))
        {
            _digests.TakeIn(row);
            _logged[row.Class] = true;
            if (row.Kind is PublicationKind.Entry or PublicationKind.Collected) _rung[row.Revision.Advisory] = row.Instant;
            _last[row.Revision.Advisory] = _last.GetValueOrDefault(row.Revision.Advisory, ImmutableDictionary<string, Publication>.Empty).SetItem(row.Class, row);
        }

        HasOpened |= edition.Publications.Count > 0;
        LastNotice = edition.Authored.LastOrDefault(text => text.Notice is not null) ?? LastNotice;
        _editions.Add(edition);
        foreach (var view in _views.Values) view.Apply(edition);
        if (settle) Settle();
        foreach (var change in edition.Feeds) TakeIn(change, mark);
        if (edition.Look is not { } look) return;
        LastLook = look;
        _look = mark;
    }

    private void TakeIn(FeedChange change, EditionMark mark)
    {
        var known = _feeds.GetValueOrDefault(change.Feed);
        IReadOnlyList<Segment> segments = [.. known?.Segments ?? [], .. change.Segment is { } segment ? [segment] : Array.Empty<Segment>()];
        var group = change.Members is { } members ? new Membership([.. known?.Group?.Phases ?? [], (mark.Number, members)]) : known?.Group;
        _feeds[change.Feed] = new FeedRecord(change.Name, segments, ViewOf(segments), mark, change.Ended, group).After(known, change, mark);
    }

    private FeedView ViewOf(IReadOnlyList<Segment> segments)
    {
        var key = string.Join(';', segments);
        if (_views.TryGetValue(key, out var view)) return view;
        _views[key] = view = new FeedView(segments, HasText);
        foreach (var edition in _editions) view.Apply(edition);
        view.Settle();
        return view;
    }

    private bool HasText(RevisionKey key) => _places.ContainsKey(key) || _unsaved.ContainsKey(key);

    private void Settle()
    {
        foreach (var view in _views.Values) view.Settle();
    }

    private void WriteBehind()
    {
        try
        {
            while (_behind.TryPeek(out var next))
            {
                foreach (var place in _files.Append(next.Edition, next.Texts)) _places[place.Key] = _files.At(place);
                _behind.Dequeue();
                foreach (var text in next.Texts) _unsaved.TryRemove(text.Key, out _);
            }

            DiskFault = null;
            // What was damaged when it was loaded was written over.
            if (_damaged.IsEmpty) ReadFault = _files.LoadFault;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Not only an IOException: of a file that may not grow .NET says that an argument is out of range.
            DiskFault = fault.Message;
        }
    }

    /// <exception cref="InvalidDataException">The text can't be read: the entry is shown without it.</exception>
    private Revision Text(RevisionKey key)
    {
        try
        {
            return _unsaved.TryGetValue(key, out var text) ? text : Read(_places[key]);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or JsonException or KeyNotFoundException)
        {
            ReadFault = $"revision {key.Number} of {key.Advisory}: {fault.Message}";
            _damaged[key] = true;
            throw new InvalidDataException(ReadFault, fault);
        }
    }

    private static Revision Read(ShelvedText text) => text.File.Read(text.Place);
}
