using Kwid.Core.Model;

namespace Kwid.Core.Health;

/// <summary>What is odd about a document that could be read, compared with those before it.</summary>
public static class DocumentCheck
{
    /// <summary>Entries below which shares say nothing.</summary>
    private const int LeastEntries = 5;

    /// <summary>Usual number of entries below which a drop says nothing.</summary>
    private const int LeastUsual = 10;

    private const int CountsKept = 15;

    /// <summary>The condition that the document alone speaks for; Ok when it looks as usual.</summary>
    /// <param name="document">What was read.</param>
    /// <param name="history">Of the documents before.</param>
    /// <param name="now">UTC.</param>
    public static SourceCondition Judge(DocumentFacts document, SourceHistory history, DateTimeOffset now)
    {
        var (entries, count) = (document.Entries, document.Count);
        var undated = entries.Count(entry => entry.UpstreamDate is null);
        if (entries.Count >= LeastEntries && document.WithoutId * 2 > entries.Count)
            return Condition(HealthState.Drift, $"{document.WithoutId} of {entries.Count} entries bear neither guid nor link, so that their revisions can't be told from news. Tell the publisher, or look for another feed of this source.");
        if (entries.Count >= LeastEntries && history.BearsDates && undated * 2 > entries.Count)
            return Condition(HealthState.Drift, $"{undated} of {entries.Count} entries bear no readable date, unlike before. Compare the document with an earlier one ('kwid read --source {document.Source}'); dates are taken from the day of arrival until then.");
        if (IsReNamed(entries, history))
            return Condition(HealthState.Drift, "Its entries came back with other guids. They were recognised by permalink and title, so nothing rings; no need to act if that happens once.");
        if (history.EntryCounts.Count > 0 && Usual(history) is var usual and >= LeastUsual && count * 5 <= usual)
            return Condition(HealthState.Shrunk, $"{count} entries instead of about {usual}. Open the address in a browser: the feed may be cut or replaced; what Kwid has stored stays.");
        return new SourceCondition(HealthState.Ok, now, null);

        SourceCondition Condition(HealthState state, string reason) => new(state, now, reason);
    }

    /// <summary>The history with this document.</summary>
    public static SourceHistory Append(SourceHistory history, DocumentFacts document, SourceCondition condition)
    {
        var entries = document.Entries;
        var dates = entries.Select(entry => entry.UpstreamDate).OfType<DateTimeOffset>().ToList();
        return history with
        {
            Document = condition,
            EntryCounts = [.. history.EntryCounts.Append(document.Count).TakeLast(CountsKept)],
            BearsDates = history.BearsDates || (entries.Count >= LeastEntries && dates.Count * 5 >= entries.Count * 4),
            // Of an empty document nothing can be compared: the one before stays the measure.
            Window = entries.Count == 0 ? history.Window : DocumentWindow.Of(entries, document.IsWhole ? null : history.Window),
            CoverageHours = dates.Count == 0 || !document.IsWhole ? history.CoverageHours : Math.Round((dates.Max() - dates.Min()).TotalHours, 1),
        };
    }

    private static bool IsReNamed(IReadOnlyList<Entry> entries, SourceHistory history)
    {
        var window = new DocumentWindow(history.Window);
        return entries.Count >= LeastEntries && entries.Count(entry => !window.HasGuid(entry) && window.Repeats(entry)) * 2 > entries.Count;
    }

    private static int Usual(SourceHistory history) => history.EntryCounts.Order().ElementAt(history.EntryCounts.Count / 2);
}

/// <summary>What a document was like.</summary>
/// <param name="Source">Whose it is; of no account where there are no entries.</param>
/// <param name="Entries">What could be read and normalised.</param>
/// <param name="WithoutId">Items with neither guid nor link.</param>
/// <param name="Unchanged">Items that were known to be unchanged and were not read again.</param>
public sealed record DocumentFacts(SourceId Source, IReadOnlyList<Entry> Entries, int WithoutId, int Unchanged)
{
    /// <summary>Items in all.</summary>
    public int Count => Entries.Count + Unchanged;

    /// <summary>Whether <see cref="Entries"/> is all that the document holds.</summary>
    public bool IsWhole => Unchanged == 0;
}
