using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>
/// What a statement comes to, given all that is stored: who else tells the advisory, what they said last, which facts are known of it. Reads, never writes.
/// </summary>
/// <param name="store">Has what was said.</param>
/// <param name="known">Which advisories there are.</param>
/// <param name="find">A configured source; null for one that is gone.</param>
/// <param name="rules">Name what publishers write.</param>
internal sealed class Decider(IEntryStore store, KnownAdvisories known, Func<SourceId, Source?> find, Func<WordingRules> rules)
{
    /// <summary>What catalogues know.</summary>
    public FactBook Facts { get; private init; } = new();

    /// <summary>One that may learn facts without this one knowing.</summary>
    public Decider Trial() => new(store, known, find, rules) { Facts = Facts.Copy() };

    /// <summary>Decides on what a source says.</summary>
    /// <param name="source">Whose words they are.</param>
    /// <param name="item">Normalised, with its keys.</param>
    /// <param name="staging">What is history, what is an archive's.</param>
    /// <param name="now">Dates a revision.</param>
    /// <param name="cancel">Stops reading.</param>
    public async Task<Decided> DecideAsync(Source source, IdentifiedEntry item, Staging staging, DateTimeOffset now, CancellationToken cancel)
    {
        var found = known.Find(item.Keys);
        // If keys name two, the older lives on; one that is only listed was never told.
        var advisory = found.OrderBy(one => one.LastRevision == 0).ThenBy(one => one.Since ?? DateTimeOffset.MinValue).FirstOrDefault();
        var before = advisory?.Tellers.FirstOrDefault(teller => IsOf(source, teller.Source));
        if (found.Count == 1 && before?.Fingerprint == Fingerprint.Of(item.Entry)) return new Decided(new MatchDecision.Same(advisory!.Id), item.Entry);

        var told = advisory is null ? Told.Nothing : await ReadAsync(found.Count == 1 ? [advisory] : [advisory, .. found.Where(other => other != advisory)], cancel);
        // An archive may tell it as it was: only what is later by the source's own date says something. Who tells it for the first time does so in any case.
        if (staging.IsArchive && before is not null && told.Last is { } stored && !(item.Entry.UpstreamDate > stored.Entry.UpstreamDate)) return new Decided(new MatchDecision.Same(advisory!.Id), item.Entry);
        var own = told.Statements.FirstOrDefault(entry => IsOf(source, entry.Source));
        var entry = own is null ? item.Entry : item.Entry.IsTombstone ? own with { Withdrawn = item.Entry.Withdrawn } : Excerpts.Complete(item.Entry, own);
        // Nobody takes back what others say.
        if (own is null && item.Entry.IsTombstone) return new Decided(new MatchDecision.Same(advisory!.Id), entry);
        // A folder may hold its documents' former states as well.
        if (own is not null && DocumentVersion.IsOlder(entry, own)) return new Decided(new MatchDecision.Same(advisory!.Id), entry);
        if (found.Count == 1 && before?.Fingerprint == Fingerprint.Of(entry)) return new Decided(new MatchDecision.Same(advisory!.Id), entry);

        var subject = advisory ?? new Advisory(IdentityKeys.NewId(item), source.Id, 0, "");
        // Nobody else's words are ever mixed with those of a notice; the operator's word stands beside them.
        IReadOnlyList<Entry> statements = source.Kind is SourceKind.Notices
            ? [entry, .. told.Statements.Where(each => each.Source == SourceId.Operator)]
            : [.. told.Statements.Select(each => each == own ? entry : each), .. own is null ? [entry] : Array.Empty<Entry>()];
        var decided = Decide(subject, told, statements, now, (matcher, whole) => WithAliases(found, advisory switch
        {
            null => entry.NewsSince is { } since && !staging.IsOpening ? matcher.NewsOf(whole, staging.NewsFrom(since)) : null,
            { LastRevision: 0 } => staging.IsOpening ? null : matcher.NewsOf(whole, entry.NewsSince),
            // Retention keeps one source's words where several told it: who told it before goes on, and does not join.
            _ when own is null && before is not null && told.Last is { Entry.IsBared: true } last => OwnChanges(matcher.Compare(last, whole), last.Entry, entry),
            _ when own is not null => OwnChanges(matcher.Compare(told.Last, whole), own, entry),
            _ => WithReach(matcher.CompareJoining(told.Last, whole, NewsFrom(entry, told.Last, staging), (advisory.Since ?? now) - staging.Backlog), source, advisory),
        }));
        return found.Count < 2 ? decided : Join(decided, subject, [.. found.Where(other => other != advisory)]);
    }

    /// <summary>An entry with what its publisher's wordings and the catalogues tell besides.</summary>
    public Entry Complete(Entry entry) => Facts.Apply(rules().Complete(entry));

    /// <summary>Decides anew on what is stored, with another statement if there is one: facts have changed, or the operator speaks.</summary>
    /// <param name="advisory">That was told.</param>
    /// <param name="statement">The operator's; null: none.</param>
    /// <param name="recent">Attacks that were told earlier are no news; null: all that is said now is.</param>
    /// <param name="now">Dates a revision.</param>
    /// <param name="cancel">Stops reading.</param>
    public async Task<Decided?> DecideAgainAsync(Advisory advisory, Entry? statement, DateTimeOffset? recent, DateTimeOffset now, CancellationToken cancel)
    {
        var told = await ReadAsync([advisory], cancel);
        // Retention removes texts: what is no longer stored can't be told anew.
        if (told.Last is null || told.Statements.Count == 0) return null;
        var own = statement is null ? null : told.Statements.FirstOrDefault(entry => entry.Source == statement.Source);
        return Decide(
            advisory, told, statement is null ? told.Statements : [.. told.Statements.Where(each => each != own), statement], now,
            (matcher, whole) => recent is { } from ? matcher.CompareJoining(told.Last, whole, null, from) : matcher.Compare(told.Last, whole));
    }

    /// <param name="advisory">As it is stored.</param>
    /// <param name="told">What is stored of it.</param>
    /// <param name="statements">What all say now.</param>
    /// <param name="now">Dates the revision.</param>
    /// <param name="compare">The changes; null when it is new.</param>
    private Decided Decide(Advisory advisory, Told told, IReadOnlyList<Entry> statements, DateTimeOffset now, Func<Matcher, Entry, IReadOnlyList<Change>?> compare)
    {
        var naming = rules();
        // The operator's word is no source's: it says nothing but that the advisory is taken back, and nobody undoes it.
        var merged = Merging.Of([.. statements.Where(each => each.Source != SourceId.Operator).Select(naming.Complete)], find);
        var entry = Facts.Apply(merged.Entry);
        if (statements.FirstOrDefault(each => each.Source == SourceId.Operator) is { } operators) entry = entry with { Withdrawn = operators.Withdrawn };
        var changes = compare(new Matcher(naming), entry);
        var after = advisory with
        {
            Source = entry.Source,
            Tellers = [.. statements.Select(each => new Teller(each.Source, Fingerprint.Of(each)))],
        };
        var kept = Kept(advisory.Id, told, statements, isPlain: statements.Count == 1 && ReferenceEquals(entry, merged.Entry));
        // What retention took is not brought back by who says the same again.
        if (changes is { Count: 0 })
            return new Decided(new MatchDecision.Same(advisory.Id), entry) { Advisories = [after], Statements = told.Last is { IsBared: true } ? [] : kept };

        var number = advisory.LastRevision + 1;
        MatchDecision decision = changes is null ? new MatchDecision.New(advisory.Id) : new MatchDecision.Revised(advisory.Id, number, changes);
        return new Decided(decision, entry)
        {
            Revision = new Revision(new RevisionKey(advisory.Id, number), now, entry, changes ?? [])
            {
                Origin = OriginOf(entry.Source, told.Last),
                OtherOrigins = [.. merged.Told.Skip(1).Select(other => find(other.Source)).OfType<Source>().Select(Origin.Of)],
                Tellers = [.. merged.Told.Select(each => each.Source)],
                Fields = merged.Fields,
                NewsAt = entry.History.Count > 0 ? naming.LastNews(entry) : null,
            },
            Advisories = [after with { LastRevision = number, Fingerprint = Fingerprint.Of(entry), Cves = entry.Cves, Names = entry.Names, Since = advisory.Since ?? now }],
            Statements = kept,
        };
    }

    /// <summary>What has to be stored besides the revision: nothing while the newest revision is just what its one source says.</summary>
    private static IReadOnlyList<Statement> Kept(AdvisoryId id, Told told, IReadOnlyList<Entry> statements, bool isPlain)
    {
        if (isPlain && !told.AreKept) return [];
        return [.. (told.AreKept ? statements.Except(told.Statements, ReferenceEqualityComparer.Instance).Cast<Entry>() : statements).Select(entry => new Statement(id, entry))];
    }

    /// <summary>From when on what a joining document dates is news; null when all of it counts by the ordinary rules. What others told of a later date was told, unless nobody heard it.</summary>
    private static DateTimeOffset? NewsFrom(Entry entry, Revision? last, Staging staging)
    {
        if (entry.NewsSince is not { } since) return null;
        var from = staging.NewsFrom(since);
        return last is { Entry.UpstreamDate: { } heard } && heard > from && !last.Changes.Any(change => change.Rule == "listed") ? heard : from;
    }

    /// <summary>A higher severity rings only if who speaks now raised it: where two differ for good, each of them comes to the fore now and then.</summary>
    private static IReadOnlyList<Change> OwnChanges(IReadOnlyList<Change> changes, Entry before, Entry after) => before.Severity != after.Severity
        ? changes
        : [.. changes.Select(change => change.News is News.SeverityUp ? change with { Rule = "severity-told", News = null } : change)];

    /// <summary>A source that reaches everyone tells what only background told: nobody may have been told, so it must show even if nothing else changes.</summary>
    private IReadOnlyList<Change> WithReach(IReadOnlyList<Change> changes, Source joining, Advisory advisory)
    {
        var reachesMore = joining.Deliver is Delivery.Always && advisory.Tellers.All(teller => find(teller.Source) is { Deliver: Delivery.Background });
        return !reachesMore || changes.Any(change => change.Rule == "source") ? changes : [.. changes, new Change("source", "source", advisory.Source.ToString(), joining.Id.ToString())];
    }

    /// <summary>That two are one is a revision of its own: what the one that lives on may not show, the other's entries may not either.</summary>
    private static IReadOnlyList<Change>? WithAliases(IReadOnlyList<Advisory> found, IReadOnlyList<Change>? changes) => found.Count < 2 || changes is null
        ? changes
        : [.. changes, new Change("alias", "alias", null, string.Join(' ', found.Select(one => one.Id.ToString()).Order(StringComparer.Ordinal)))];

    /// <summary>The other advisories become aliases: their keys mean the one that lives on, what they published stays.</summary>
    private Decided Join(Decided decided, Advisory subject, IReadOnlyList<Advisory> others) => decided with
    {
        Advisories = [.. decided.Advisories, .. others.Select(other => other with { AliasOf = subject.Id })],
        Moved = [.. others.SelectMany(other => known.KeysOf(other.Id)).Select(key => KeyValuePair.Create(key, subject.Id))],
    };

    private async Task<Told> ReadAsync(IReadOnlyList<Advisory> advisories, CancellationToken cancel)
    {
        var told = Told.Nothing;
        foreach (var advisory in advisories.Where(one => one.LastRevision > 0))
        {
            var last = await store.FindRevisionAsync(new RevisionKey(advisory.Id, advisory.LastRevision), cancel);
            var kept = await store.ReadStatementsAsync(advisory.Id, cancel);
            var order = advisory.Tellers.Select(teller => teller.Source).ToList();
            // A source that was renamed speaks under its new name alone.
            kept = [.. kept.Where(entry => order.Contains(entry.Source)).OrderBy(entry => order.IndexOf(entry.Source))];
            var statements = kept.Count > 0 ? kept : last is null ? [] : [last.Entry];
            told = advisory == advisories[0]
                ? new Told(last, statements, kept.Count > 0)
                : told with { Statements = [.. told.Statements.Concat(statements).DistinctBy(entry => entry.Source)], AreKept = false };
        }

        return told;
    }

    private Origin? OriginOf(SourceId source, Revision? last) =>
        find(source) is { } configured ? Origin.Of(configured) : last?.Entry.Source == source ? last.Origin : null;

    private static bool IsOf(Source source, SourceId id) => id == source.Id || source.FormerIds.Contains(id);
}
