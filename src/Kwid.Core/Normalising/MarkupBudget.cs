using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Kwid.Core.Normalising;

/// <summary>
/// Counts the elements that a parser makes of one fragment or page, those included that it copies because a formatting element was left open (each block
/// after it gets a copy of every such element), and stops the parser when they are too many.
/// </summary>
internal sealed class MarkupBudget : IElementFactory<Document, HtmlElement>
{
    /// <summary>Most elements of one fragment.</summary>
    public const int MostElements = 6_000;

    private static readonly IElementFactory<Document, HtmlElement> Elements =
        BrowsingContext.New(Configuration.Default).GetService<IElementFactory<Document, HtmlElement>>() ?? throw new InvalidOperationException("AngleSharp has no factory of elements.");

    /// <summary>Most attributes of one element; a parser looks at all of them for each.</summary>
    private const int MostAttributes = 100;

    /// <summary>An element that a tag makes is counted when it is made and when it is set up, a copy when it is made.</summary>
    private readonly int _mostCounts;

    private int _counts;

    private MarkupBudget(int mostElements) => _mostCounts = 2 * mostElements;

    /// <summary>A parser for one fragment.</summary>
    public static HtmlParser CreateParser() => CreateParser(MostElements, 2 * MarkupBounds.MostLevels, tracksPositions: false);

    /// <summary>A parser for one text.</summary>
    /// <param name="mostElements">Of the result; more end the parsing with a <see cref="MarkupBudgetException"/>.</param>
    /// <param name="mostLevels">Deepest nesting kept; what is nested deeper is flattened.</param>
    /// <param name="tracksPositions">Whether elements know where in the text they began.</param>
    public static HtmlParser CreateParser(int mostElements, int mostLevels, bool tracksPositions)
    {
        var budget = new MarkupBudget(mostElements);
        var context = BrowsingContext.New(Configuration.Default.WithOnly<IElementFactory<Document, HtmlElement>>(budget));
        var options = new HtmlParserOptions
        {
            MaximumDepth = mostLevels,
            SkipComments = true,
            IsKeepingSourceReferences = tracksPositions,
            DisableElementPositionTracking = !tracksPositions,
            OnCreated = (_, _) => budget.Count(),
            ShouldEmitAttribute = static (ref token, _) => token.Attributes.Count < MostAttributes,
        };
        return new HtmlParser(options, context);
    }

    /// <inheritdoc/>
    public HtmlElement Create(Document document, string localName, string? prefix = null, NodeFlags flags = NodeFlags.None)
    {
        Count();
        return Elements.Create(document, localName, prefix, flags);
    }

    private void Count()
    {
        if (++_counts > _mostCounts) throw new MarkupBudgetException();
    }
}
