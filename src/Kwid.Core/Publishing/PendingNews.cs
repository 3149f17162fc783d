using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>What pending revisions of one advisory tell together.</summary>
/// <param name="revisions">In their order; at least one.</param>
/// <param name="tellers">Who tells it; null for a source that is no longer configured.</param>
internal sealed class PendingNews(IReadOnlyList<Revision> revisions, IReadOnlyCollection<Source?> tellers)
{
    private readonly List<Change> _changes = [.. revisions.SelectMany(revision => revision.Changes)];
    private bool _isFirst;

    /// <summary>The newest.</summary>
    public Revision Shown => revisions[^1];

    /// <summary>
    /// Whether it is news as a whole. What was stored without being announced (backlog, background) is none for a mere touch-up later, but when nobody was told
    /// and another source, which may reach more, now tells it.
    /// </summary>
    public bool IsFirstWord => revisions[0] is { Key.Number: 1, Changes.Count: 0 } || (_isFirst && _changes.Exists(change => change.Rule == "source"));

    /// <summary>What a source's own page told later: it rings only where nobody was told before.</summary>
    public bool WasToldLate => _changes.Exists(change => change.Rule == "severity-told");

    /// <summary>Whether others are addressed than before.</summary>
    public bool IsAddressedAnew => _changes.Exists(change => change.Field == "recipients");

    /// <summary>Those later than what was published; null when there are none.</summary>
    /// <param name="number">Of the newest published revision; 0 when none was.</param>
    /// <param name="isFirst">Whether nothing of the advisory was ever published.</param>
    public PendingNews? Since(int number, bool isFirst) =>
        revisions.Where(revision => revision.Key.Number > number).ToList() is { Count: > 0 } later ? new PendingNews(later, tellers) { _isFirst = isFirst } : null;

    /// <summary>Why it is delivered; null when it is not.</summary>
    /// <param name="isTold">Whether another advisory that is delivered tells of it already.</param>
    public string? ReasonFor(bool isTold) => AudienceClasses.ReasonFor(Shown.Entry, tellers, isTold);

    /// <summary>The rule that makes a class act anew; null when none does. Of what is taken back only that is news.</summary>
    public string? RuleFor(AudienceClass @class) =>
        Materiality.RuleOf(Shown.Entry.Withdrawn is null ? _changes : _changes.Where(change => change.News is News.Withdrawn), @class.Subscription);

    /// <summary>Whether it has become urgent since it was published.</summary>
    /// <param name="before">As it was published; null when that is not known.</param>
    public bool RisesAbove(Entry? before) =>
        (before is null || !Materiality.IsUrgent(before)) && (Materiality.IsUrgent(Shown.Entry) || _changes.Exists(change => change.News is News.Exploited));
}
