using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>What stays of a revision when its texts are kept no longer: enough to name the matter, and to tell what is news when it comes back after years.</summary>
public static class Baring
{
    /// <summary>Fields whose changes quote texts.</summary>
    private static readonly string[] Texts = ["text", "products", "remediations", "references", "history", "categories"];

    /// <summary>The revision without its texts.</summary>
    public static Revision Of(Revision revision) => revision with
    {
        IsBared = true,
        Entry = revision.Entry with
        {
            IsBared = true,
            Html = "",
            Text = "",
            History = [],
            Products = [],
            Remediations = [],
            References = [],
            Author = null,
            Categories = [],
        },
        Changes = [.. revision.Changes.Select(change => Texts.Contains(change.Field) ? change with { Before = null, After = null } : change)],
    };

    /// <summary>What was known before, as if it had said of its lost texts what is said now: what nobody can compare is no news.</summary>
    internal static Entry Complete(Entry before, Entry now) => !before.IsBared ? before : before with
    {
        Html = before.Html.Length > 0 ? before.Html : now.Html,
        Products = before.Products.Count > 0 ? before.Products : now.Products,
        Remediations = before.Remediations.Count > 0 ? before.Remediations : now.Remediations,
        References = before.References.Count > 0 ? before.References : now.References,
        Categories = before.Categories.Count > 0 ? before.Categories : now.Categories,
    };

    /// <summary>Items of the publisher's history that were not there before. Of one that was lost with the texts only the dates tell.</summary>
    internal static IEnumerable<HistoryItem> AddedHistory(Entry before, Entry now) => before is { IsBared: true, History.Count: 0 }
        ? now.History.Where(item => item.Date > before.UpstreamDate)
        : now.History.Except(before.History);
}
