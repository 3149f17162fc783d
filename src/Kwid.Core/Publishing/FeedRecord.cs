using System.Runtime.InteropServices;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>One feed on the shelf; replaced whole when it changes.</summary>
/// <param name="Name">The recipient's.</param>
/// <param name="Segments">Which class's log it shows from which edition on.</param>
/// <param name="View">What it shows; shared with all feeds that have equal segments.</param>
/// <param name="Changed">Edition that last changed the feed itself.</param>
/// <param name="Ended">Whether that change ended it.</param>
/// <param name="Group">Of a provider's feed: whom it serves and served; null of every other.</param>
internal sealed record FeedRecord(string Name, IReadOnlyList<Segment> Segments, FeedView View, EditionMark Changed, bool Ended, Membership? Group)
{
    /// <summary>The class whose log it shows now.</summary>
    public string Class => Segments.Last(segment => !segment.Beside).Class;

    /// <summary>The class shown beside; null for none.</summary>
    public string? Lane => Segments.LastOrDefault(segment => segment.Beside)?.Class;

    /// <summary>The merger that its recipient went into; null: none.</summary>
    public Merger? Merger { get; private init; }

    /// <summary>Names that its recipient had before, oldest first.</summary>
    public IReadOnlyList<string> FormerNames { get; private init; } = [];

    /// <summary>With what a change leaves of what was known.</summary>
    public FeedRecord After(FeedRecord? known, FeedChange change, EditionMark mark) => this with
    {
        Merger = Merger.After(known?.Merger, change, mark),
        FormerNames = [.. (known?.FormerNames ?? []).Append(known?.Name).OfType<string>().Distinct().Where(name => name != Name)],
    };
}

/// <summary>An edition without its rows.</summary>
/// <param name="Number">0 stands for none.</param>
/// <param name="Instant">UTC, whole seconds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EditionMark(int Number, DateTimeOffset Instant)
{
    public static EditionMark Latest(EditionMark a, EditionMark b) => a.Number >= b.Number ? a : b;
}
