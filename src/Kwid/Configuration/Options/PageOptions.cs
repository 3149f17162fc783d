using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Kwid.Core.Model;
using Kwid.Core.Pages;

namespace Kwid.Configuration.Options;

/// <summary>One item of a page and what is in it. Selectors are CSS within the item, with @attribute behind them for an attribute instead of the text, such as a@href.</summary>
[Description("One item of a page and what is in it. Selectors are CSS within the item, with @attribute behind them for an attribute instead of the text, such as a@href.")]
internal sealed class PageOptions : OptionsObject
{
    /// <summary>CSS selector of one item: a link, a table row, a card. Required.</summary>
    [Required]
    [Description("CSS selector of one item: a link, a table row, a card. Required.")]
    public string Item { get; init; } = "";

    /// <summary>Selector of the title. Default: null, the text of the item's link.</summary>
    [Description("Selector of the title. Default: null, the text of the item's link.")]
    public string? Title { get; init; }

    /// <summary>Selector of the link; @id makes the item's own id an anchor on the page. Default: null, the item itself where it is a link, else the first link in it.</summary>
    [Description("Selector of the link; @id makes the item's own id an anchor on the page. Default: null, the item itself where it is a link, else the first link in it.")]
    public string? Link { get; init; }

    /// <summary>Selector of the date. Default: null, no date.</summary>
    [Description("Selector of the date. Default: null, no date.")]
    public string? Date { get; init; }

    /// <summary>How the date is written where it is ambiguous, .NET format such as MM/dd/yyyy. Default: null, as feeds write dates.</summary>
    [Description("How the date is written where it is ambiguous, .NET format such as MM/dd/yyyy. Default: null, as feeds write dates.")]
    public string? DateFormat { get; init; }

    /// <summary>Selector of the text in the list; all that it finds is taken. Default: null, no text.</summary>
    [Description("Selector of the text in the list; all that it finds is taken. Default: null, no text.")]
    public string? Summary { get; init; }

    /// <summary>Selector of the permanent id. Default: null, the anchor of a link to the page itself, else the link.</summary>
    [Description("Selector of the permanent id. Default: null, the anchor of a link to the page itself, else the link.")]
    public string? Id { get; init; }

    /// <summary>Regular expression; only items whose absolute link matches are taken. Default: null, all.</summary>
    [Description("Regular expression; only items whose absolute link matches are taken. Default: null, all.")]
    public string? LinkPattern { get; init; }

    /// <summary>CSS selector of the text on the item's own page, where that is on the same host. Default: null, own pages are not asked.</summary>
    [Description("CSS selector of the text on the item's own page, where that is on the same host. Default: null, own pages are not asked.")]
    public string? Detail { get; init; }

    /// <summary>Most own pages asked in one poll, newest first, 1 to 100. Default: 10.</summary>
    [Description("Most own pages asked in one poll, newest first, 1 to 100. Default: 10.")]
    public long DetailsPerPoll { get; init; } = 10;

    /// <summary>What the walk and the reader work with; only of options without mistakes.</summary>
    internal PageSelectors ToSelectors() => new()
    {
        Item = Item,
        Title = Title,
        Link = Link,
        Date = Date,
        DateFormat = DateFormat,
        Summary = Summary,
        Id = Id,
        LinkPattern = LinkPattern,
        Detail = Detail,
        DetailsPerPoll = (int)DetailsPerPoll,
    };

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        foreach (var (key, css) in new[] { ("item", Item), ("detail", Detail) })
            if (css is { Length: > 0 } && !FieldSelector.IsCss(css))
                examination.Mistake(this, key, Codes.Selector, FieldSelector.Parse(css) is { Attribute: { } attribute, Css: var bare } && (bare.Length == 0 || FieldSelector.IsCss(bare))
                    ? $"remove \"@{attribute}\": no @attribute is allowed here, only a CSS selector such as \"table tr\" or \"a.advisory\""
                    : "write a CSS selector such as \"table tr\" or \"a.advisory\"; for parts with > + or ~ a :has() each");
        foreach (var (key, selector) in new[] { ("title", Title), ("link", Link), ("date", Date), ("summary", Summary), ("id", Id) })
        {
            if (selector is null) continue;
            if (!FieldSelector.IsValid(selector))
                examination.Mistake(this, key, Codes.Selector, "write a CSS selector, with @attribute behind it for an attribute, such as \"td:nth-child(2)\" or \"a@href\"");
            else if (selector.Trim() is "href" or "title" or "id" or "datetime")
                examination.Warn(this, key, Codes.Selector, $"write \"@{selector.Trim()}\" if the attribute is meant: without @ it is the name of an element");
        }

        if (LinkPattern is not null && WhyNoPattern(LinkPattern) is { } why)
            examination.Mistake(this, "linkPattern", Codes.LinkPattern, $"correct the regular expression: {why}");
        if (DateFormat is not null && !IsDateFormat(DateFormat))
            examination.Mistake(this, "dateFormat", Codes.DateFormat, "write a format with day, month and year, such as MM/dd/yyyy or d MMMM yyyy");
        if (DateFormat is not null && Date is null)
            examination.Mistake(this, "dateFormat", Codes.DateFormat, "add \"date\" with the selector of the date, or remove it");
        if (DetailsPerPoll is < 1 or > 100)
            examination.Mistake(this, "detailsPerPoll", Codes.OutOfRange, "write a number from 1 to 100");
    }

    private static string? WhyNoPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return null;
        }
        catch (ArgumentException fault)
        {
            return fault.Message.ReplaceLineEndings(" ").TrimEnd('.');
        }
    }

    /// <summary>Whether a day survives being written and read in the format.</summary>
    private static bool IsDateFormat(string format)
    {
        try
        {
            var day = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
            return DateTimeOffset.TryParseExact(day.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) && read.Date == day.Date;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
