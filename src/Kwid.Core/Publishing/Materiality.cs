using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Which changes make a recipient act anew, and so become a new entry; all others update in place, in silence (P7).</summary>
public static class Materiality
{
    /// <summary>That the publisher stands by it again: who was told to do nothing must be told otherwise.</summary>
    private const string Reinstated = "reinstated";

    /// <summary>How long after an advisory rang its other news are gathered, to go out as one entry.</summary>
    public static TimeSpan Joining { get; } = TimeSpan.FromHours(4);

    /// <summary>The rule of the most urgent of these changes that is material for who has this subscription; null when none is.</summary>
    public static string? RuleOf(IEnumerable<Change> changes, Subscription subscription) =>
        changes.Where(change => IsMaterial(change, subscription)).MinBy(change => change.News ?? News.SeverityUp)?.Rule;

    /// <summary>Whether it belongs into <c>dringend</c>: critical or exploited, and not taken back.</summary>
    public static bool IsUrgent(Entry entry) => entry.Withdrawn is null && (entry.Severity is Severity.Critical || IsExploited(entry));

    /// <summary>Whether the source or a catalogue says that it is exploited.</summary>
    public static bool IsExploited(Entry entry) => entry.Exploitation?.Level is ExploitationLevel.Exploited;

    private static bool IsMaterial(Change change, Subscription subscription) => change.News switch
    {
        null => change.Rule == Reinstated,
        // News for who runs them. The default subscription names no products: whom it reached before it reaches now.
        News.ProductsAdded => !subscription.IsDefault,
        _ => true,
    };
}
