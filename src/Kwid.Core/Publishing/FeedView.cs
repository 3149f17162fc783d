using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>
/// What the feeds with one list of segments show: window and archive. A pure function of the class logs, so that it is the same after a restart;
/// fed edition by edition. Recipients that always were in one class share one view.
/// </summary>
/// <param name="segments">Which class's log it shows from which edition on.</param>
/// <param name="hasText">Whether a revision's text is on the shelf; archive documents whose texts are gone are offered no longer.</param>
internal sealed class FeedView(IReadOnlyList<Segment> segments, Func<RevisionKey, bool> hasText)
{
    /// <summary>Entries of one archive document, and the step in which the window gives entries to the archive.</summary>
    public const int ArchiveSize = 50;

    private const int LeastEntries = 50;
    private const int MostEntries = 1000;

    /// <summary>Thirty days at 20 entries a publishing day and 5.3 kB each, as WID's are, with room; Power Automate reads up to 5 MB.</summary>
    private const int MostBytes = 4_000_000;

    private static readonly TimeSpan WindowAge = TimeSpan.FromDays(30);

    private readonly List<ShownEntry> _entries = [];
    private readonly Dictionary<AdvisoryId, List<int>> _places = [];
    private readonly Dictionary<AdvisoryId, List<int>> _hosts = [];
    private int _archived;
    private int _firstArchive = 1;
    private long _windowBytes;
    private bool _stale;
    private EditionMark _version;
    private FeedSnapshot _snapshot = FeedSnapshot.Empty;

    /// <summary>What is shown now; replaced whole by <see cref="Settle"/>, so that requests may read while editions are applied.</summary>
    public FeedSnapshot Snapshot => _snapshot;

    /// <summary>Takes in one edition; those that don't concern the view change nothing.</summary>
    public void Apply(Edition edition)
    {
        var active = ActiveAt(edition.Number);
        var mark = new EditionMark(edition.Number, edition.Instant);
        var (touched, rung) = (false, false);
        foreach (var row in edition.Publications)
        {
            var entered = active.Contains(row.Class) && (row.Kind is PublicationKind.Entry || (row.Kind is PublicationKind.Inside && !HasHost(edition, row))) && Enter(mark, row);
            rung |= entered;
            touched |= entered || (row.Kind is not (PublicationKind.Entry or PublicationKind.Inside) && Touch(mark, row));
        }

        foreach (var row in edition.Publications.Where(row => row.Kind is PublicationKind.Inside && !_places.ContainsKey(row.Revision.Advisory))) touched |= PutInside(row);
        if (rung) Archive();
        if (touched) _version = mark;
    }

    /// <summary>The classes whose new entries it shows: one, and perhaps one beside it.</summary>
    private HashSet<string> ActiveAt(int edition)
    {
        var begun = segments.Where(segment => segment.FromEdition <= edition).ToList();
        return [.. new[] { begun.FindLast(segment => !segment.Beside), begun.FindLast(segment => segment.Beside) }.OfType<Segment>().Select(segment => segment.Class)];
    }

    /// <summary>Shows what was applied.</summary>
    public void Settle()
    {
        // Retention takes the oldest ones, so whatever is missing is at the front.
        while (_firstArchive <= _archived / ArchiveSize && !IsWhole(_firstArchive)) _firstArchive++;
        if (!_stale && _version == _snapshot.Version && _firstArchive == _snapshot.FirstArchive) return;
        _snapshot = new FeedSnapshot(_version, [.. _entries], _archived, _firstArchive);
        _stale = false;
    }

    /// <summary>Forgets what entries told that are offered no longer; their places and all validators stay as they are.</summary>
    public void Forget(IReadOnlySet<AdvisoryId> forgotten)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var first = _entries[i].First;
            if (!forgotten.Contains(first.Revision.Advisory)) continue;
            _places.Remove(first.Revision.Advisory);
            _entries[i] = new ShownEntry(_entries[i].Edition, first.Forget(), first.Forget().Revision, null, null);
            _stale = true;
        }
    }

    private bool IsWhole(int archive) =>
        _entries.Skip((archive - 1) * ArchiveSize).Take(ArchiveSize).All(entry => entry.Texts.All(hasText));

    private bool Enter(EditionMark edition, Publication row)
    {
        if (row.IsForgotten) return Enter(edition, row, null);

        var advisory = row.Revision.Advisory;
        var earlier = _places.TryGetValue(advisory, out var places) ? places : _places[advisory] = [];
        if (earlier.FindIndex(i => _entries[i].First.Revision == row.Revision) is var same and >= 0) return Reinstate(edition, row, earlier[same]);

        if (row.TakesBack) TakeBack(edition, row, earlier);
        if (row.Concerns is not null) Replace(edition, row, earlier);
        int? replyTo = earlier.Count == 0 ? null : _entries[earlier[0]].First.Revision.Number;
        earlier.Add(_entries.Count);
        return Enter(edition, row, replyTo);
    }

    /// <summary>What was withdrawn for who may read it now stands again, under its id; what stands is not told twice.</summary>
    private bool Reinstate(EditionMark edition, Publication row, int i)
    {
        if (_entries[i].Withdrawn is null || _entries[i].First.Class != row.Class) return false;
        _entries[i] = _entries[i] with { Withdrawn = null, Redacted = edition, Concerns = row.Concerns };
        return true;
    }

    private bool Enter(EditionMark edition, Publication row, int? replyTo)
    {
        _entries.Add(new ShownEntry(edition, row, row.Revision, replyTo, null) { Concerns = row.Concerns });
        _windowBytes += row.Size;
        return true;
    }

    /// <summary>Whether there is an entry that may tell it inside, or one comes with the same edition; else it is an entry itself: nothing is lost.</summary>
    private bool HasHost(Edition edition, Publication row) => LastInWindow(row.Within!.Value, row.Class) is not null
        || edition.Publications.Any(other => other.Kind is PublicationKind.Entry && other.Class == row.Class && other.Revision.Advisory == row.Within);

    private bool PutInside(Publication row)
    {
        if (LastInWindow(row.Within!.Value, row.Class) is not { } i) return false;
        _entries[i] = _entries[i] with { Inside = _entries[i].Inside.With(row.Revision) };
        if (!_hosts.TryGetValue(row.Revision.Advisory, out var hosts)) _hosts[row.Revision.Advisory] = hosts = [];
        hosts.Add(i);
        return true;
    }

    private int? LastInWindow(AdvisoryId advisory, string @class) =>
        (_places.GetValueOrDefault(advisory) ?? []).Where(i => i >= _archived && _entries[i].First.Class == @class).Cast<int?>().LastOrDefault();

    /// <summary>Follows a change of what is told inside: what a label forbids goes wherever it stands, archives included.</summary>
    private bool TouchHosts(EditionMark edition, Publication row)
    {
        var hosts = (_hosts.GetValueOrDefault(row.Revision.Advisory) ?? []).FindAll(i => _entries[i].First.Class == row.Class && (i >= _archived || row.Kind is PublicationKind.Withdrawal));
        foreach (var i in hosts)
        {
            _entries[i] = row.Kind is PublicationKind.Withdrawal
                ? _entries[i] with { Inside = _entries[i].Inside.Without(row.Revision.Advisory), Redacted = edition }
                : _entries[i] with { Inside = _entries[i].Inside.With(row.Revision) };
        }

        if (row.Kind is PublicationKind.Withdrawal) _hosts.GetValueOrDefault(row.Revision.Advisory)?.RemoveAll(hosts.Contains);
        return hosts.Count > 0;
    }

    /// <summary>What is addressed to some may be addressed to others later: nothing of the earlier text is left to a provider then, archives included.</summary>
    private void Replace(EditionMark edition, Publication row, List<int> places)
    {
        foreach (var i in places.Where(i => _entries[i].First.Class == row.Class && _entries[i].Withdrawn is null))
            _entries[i] = _entries[i] with { Shown = row.Revision, Concerns = row.Concerns, Redacted = i < _archived ? edition : _entries[i].Redacted };
    }

    /// <summary>What the publisher takes back says so in its earlier entries, too; closed archive documents stay as they are.</summary>
    private void TakeBack(EditionMark edition, Publication row, List<int> earlier)
    {
        foreach (var i in earlier.Where(i => i >= _archived && _entries[i].First.Class == row.Class))
            _entries[i] = _entries[i] with { Shown = row.Revision, Redacted = edition };
        TouchHosts(edition, row);
    }

    /// <summary>A silent update changes the advisory's last entry while it is in the window; a withdrawal or redaction all of its entries, wherever they are.</summary>
    private bool Touch(EditionMark edition, Publication row)
    {
        var places = (_places.GetValueOrDefault(row.Revision.Advisory) ?? []).FindAll(i => _entries[i].First.Class == row.Class);
        if (row is { Kind: PublicationKind.Update, Concerns: not null }) Replace(edition, row, places);
        else if (row.Kind is PublicationKind.Update or PublicationKind.Collected) places = places is [.., var last] && last >= _archived ? [last] : [];
        foreach (var i in places)
        {
            _entries[i] = row.Kind switch
            {
                PublicationKind.Withdrawal => _entries[i] with { Withdrawn = edition, IsTakenBack = row.Reason == Publication.TakenBack },
                PublicationKind.Redaction => _entries[i] with { Shown = row.Revision, Redacted = edition },
                _ => _entries[i] with { Shown = row.Revision, Concerns = row.Concerns },
            };
        }

        return (row.Kind is PublicationKind.Update or PublicationKind.Withdrawal && TouchHosts(edition, row)) | (places.Count > 0);
    }

    /// <summary>
    /// P4: the last 30 days, filled up to 50 entries, within 1,000 entries and 4 MB of Atom. Called for new entries only: nothing else evicts.
    /// "Now" is the newest entry's instant, so that no clock is needed.
    /// </summary>
    private void Archive()
    {
        var horizon = _entries[^1].First.Instant - WindowAge;
        while (_entries.Count - _archived is var shown && shown > ArchiveSize)
        {
            var full = shown > MostEntries || _windowBytes > MostBytes;
            var aged = shown - ArchiveSize >= LeastEntries && _entries[_archived + ArchiveSize - 1].First.Instant < horizon;
            if (!full && !aged) return;
            for (var i = 0; i < ArchiveSize; i++) _windowBytes -= _entries[_archived + i].First.Size;
            _archived += ArchiveSize;
        }
    }
}
