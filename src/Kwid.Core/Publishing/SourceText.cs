using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>Whose words an entry bears, where to read on, and what its publisher changed before.</summary>
/// <param name="zone">In which days are told.</param>
internal sealed class SourceText(TimeZoneInfo zone)
{
    private const int MostReferences = 20;
    private const int LongestReference = 60;
    private const int MostItems = 10;
    private const int LongestItem = 150;

    /// <summary>The sections at an entry's end.</summary>
    public void AppendTo(HtmlText html, Revision shown)
    {
        html.Heading(shown.OtherOrigins.Count == 0 ? "Quelle" : "Quellen").Raw($"<p>{string.Join(": ", Own(shown))}</p>");
        foreach (var origin in shown.OtherOrigins) html.Raw($"<p>Auch gemeldet von: {Words(origin)}</p>");
        var references = BestPages.InOrder(shown.Entry).Select(reference => HtmlText.Anchor(reference.Url, NameOf(reference))).ToList();
        if (references.Count > 0) html.Heading("Weitere Informationen").List(HtmlText.Bounded(references, MostReferences));
        if (shown.Entry.History.Count > 1) html.Heading("Verlauf bei der Quelle").List(HtmlText.Bounded([.. shown.Entry.History.Reverse().Select(Line)], MostItems, "ältere"));
    }

    private static IEnumerable<string> Own(Revision shown)
    {
        if (shown.Origin is { } origin) yield return Words(origin);
        if (shown.Entry.Permalink is { } link) yield return HtmlText.Anchor(link);
    }

    private static string Words(Origin origin) => $"{Encode(origin.Name)} ({Encode(origin.Attribution)}, Lizenz: {Encode(origin.License)})";

    /// <summary>Its host where the source names it by nothing but its address.</summary>
    private static string NameOf(Reference reference) =>
        reference.Text is { Length: > 0 } text && !text.Contains("://", StringComparison.Ordinal) ? Cut(text, LongestReference) : reference.Url.Host;

    private string Line(HistoryItem item)
    {
        var day = item.Date is { } date ? Day(date, zone) : $"Fassung {item.Number}";
        return Encode(item.Summary.Length == 0 ? day : $"{day}: {Cut(item.Summary, LongestItem)}");
    }
}
