using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>What vendors say of the same matter, told inside an entry.</summary>
internal static class InsideText
{
    private const int LongestText = 300;

    /// <summary>A section with one item each; nothing when there are none.</summary>
    public static void AppendTo(HtmlText html, IReadOnlyList<Revision> inside)
    {
        if (inside.Count > 0) html.Heading("Dazu melden andere").List([.. inside.Select(Item)]);
    }

    private static string Item(Revision told)
    {
        var title = EntryTitle.Compose(told.Entry, []);
        var head = told.Entry.Permalink is { } link ? HtmlText.Anchor(link, title) : Encode(title);
        var origin = told.Origin is { } from ? $", {Encode(from.Name)} ({Encode(from.Attribution)}, Lizenz: {Encode(from.License)})" : "";
        var text = told.Entry.Text.Length == 0 ? "" : $": {Encode(Cut(told.Entry.Text, LongestText))}";
        return $"{head} ({Encode(told.Key.Advisory.ToString())}{origin}){text}";
    }
}
