using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace Kwid.Core.Pages;

/// <summary>One selector as the configuration writes it: CSS, with <c>@attribute</c> behind it where not the text is meant.</summary>
/// <param name="Css">Empty for the item itself.</param>
/// <param name="Attribute">Null: the text.</param>
public sealed partial record FieldSelector(string Css, string? Attribute)
{
    /// <summary>Takes it apart; whether it is CSS asks <see cref="IsCss"/>.</summary>
    public static FieldSelector Parse(string written)
    {
        var match = Form().Match(written.Trim());
        return new FieldSelector(match.Groups["css"].Value.Trim(), match.Groups["attribute"] is { Success: true } attribute ? attribute.Value : null);
    }

    /// <summary>Whether it can find something: CSS, an attribute, or both.</summary>
    public static bool IsValid(string written) => Parse(written) is var field && (field.Css.Length == 0 ? field.Attribute is not null : IsCss(field.Css));

    /// <summary>
    /// Whether a text is a CSS selector that is understood. A list in :has() with a combinator before a part of it is not: AngleSharp 1.10 takes it, and then
    /// finds everything.
    /// </summary>
    public static bool IsCss(string text) => !ListOfRelatives().IsMatch(text) && Context.GetService<ICssSelectorParser>()!.ParseSelector(text) is not null;

    /// <summary>What it finds first in the item, the item itself included; null when nothing.</summary>
    internal IElement? Find(IElement item) => Css.Length == 0 ? item : item.QuerySelector(Css) ?? (item.Matches(Css) ? item : null);

    /// <summary>All that it finds in the item, in the page's order.</summary>
    internal IEnumerable<IElement> FindAll(IElement item) => Css.Length == 0 ? [item] : item.QuerySelectorAll(Css);

    private static readonly IBrowsingContext Context = BrowsingContext.New(Configuration.Default);

    [GeneratedRegex(@":has\(\s*(?:[>+~][^()]*(?:\([^()]*\)[^()]*)*,|[^()]*(?:\([^()]*\)[^()]*)*,\s*[>+~])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ListOfRelatives();

    [GeneratedRegex(@"^(?<css>.*?)(?:@(?<attribute>[A-Za-z_][\w:.-]*))?$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
