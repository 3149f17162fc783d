namespace Kwid.Core.Normalising;

/// <summary>An element that plainly clean markup may have.</summary>
/// <param name="name">As written.</param>
/// <param name="role">Where it may stand and what it may hold.</param>
internal sealed class CleanElement(string name, ElementRole role)
{
    /// <summary>What stands around a fragment.</summary>
    public static CleanElement Body { get; } = new("body", ElementRole.Flow);

    /// <summary>What a parser puts between a table and its row.</summary>
    public static CleanElement ImpliedSection { get; } = new("tbody", ElementRole.Section);

    private static readonly Dictionary<string, CleanElement>.AlternateLookup<ReadOnlySpan<char>> Known =
        new[]
        {
            Of(ElementRole.Flow, "div", "blockquote"), Of(ElementRole.Paragraph, "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"), Of(ElementRole.List, "ul", "ol"), Of(ElementRole.Item, "li"),
            Of(ElementRole.DefinitionList, "dl"), Of(ElementRole.Term, "dt", "dd"), Of(ElementRole.Table, "table"), Of(ElementRole.Section, "thead", "tbody", "tfoot"), Of(ElementRole.Row, "tr"),
            Of(ElementRole.Cell, "td", "th"), Of(ElementRole.Break, "br"), Of(ElementRole.Rule, "hr"),
            Of(ElementRole.Inline, "a", "b", "code", "em", "i", "kbd", "samp", "small", "span", "strong", "sub", "sup", "tt", "u"),
        }.SelectMany(row => row).ToDictionary(element => element.Name, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public string Name { get; } = name;
    public ElementRole Role { get; } = role;

    /// <summary>Whether it has neither content nor end tag.</summary>
    public bool IsVoid => Role is ElementRole.Break or ElementRole.Rule;

    /// <summary>Whether text may stand in it; elsewhere a parser would move it.</summary>
    public bool HoldsText => Role is ElementRole.Flow or ElementRole.Paragraph or ElementRole.Item or ElementRole.Term or ElementRole.Cell or ElementRole.Inline;

    /// <summary>The element of that name; null when clean markup has none such.</summary>
    public static CleanElement? Find(ReadOnlySpan<char> name) => Known.TryGetValue(name, out var element) ? element : null;

    /// <summary>Whether such an element may stand directly in this one.</summary>
    public bool Holds(ElementRole child) => Role switch
    {
        ElementRole.Flow or ElementRole.Item or ElementRole.Term or ElementRole.Cell => child is ElementRole.Flow or ElementRole.Paragraph or ElementRole.List
            or ElementRole.DefinitionList or ElementRole.Table or ElementRole.Inline or ElementRole.Break or ElementRole.Rule,
        ElementRole.Paragraph or ElementRole.Inline => child is ElementRole.Inline or ElementRole.Break,
        ElementRole.List => child == ElementRole.Item,
        ElementRole.DefinitionList => child == ElementRole.Term,
        ElementRole.Table => child == ElementRole.Section,
        ElementRole.Section => child == ElementRole.Row,
        ElementRole.Row => child == ElementRole.Cell,
        _ => false,
    };

    private static IEnumerable<CleanElement> Of(ElementRole role, params string[] names) => names.Select(name => new CleanElement(name, role));
}
