using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Kwid.Configuration.Json;
using Kwid.Core.Model;

namespace Kwid.Configuration.Options;

/// <summary>One entry of sources: an upstream that is polled.</summary>
[Description("One entry of sources: an upstream that is polled.")]
internal sealed partial class SourceOptions : SourceAccessOptions
{
    /// <summary>Its identity for ever, a-z, 0-9 and '-', at most 63 characters; a renamed source states formerIds. Required.</summary>
    [Required]
    [Description("Its identity for ever, a-z, 0-9 and '-', at most 63 characters; a renamed source states formerIds. Required.")]
    public string Id { get; init; } = "";

    /// <summary>Name shown to people. Default: the id.</summary>
    [Description("Name shown to people. Default: the id.")]
    public string? Name { get; init; }

    /// <summary>How it is read: feed (RSS, Atom, JSON Feed, or CSAF documents one by one), page (HTML, by the selectors of page), csaf (a CSAF provider), facts (a catalogue of CVEs such as CISA KEV, whose facts are added to advisories), notices (a folder of Markdown files: our own notices, one source at most). Default: feed.</summary>
    [Description("How it is read: feed (RSS, Atom, JSON Feed, or CSAF documents one by one), page (HTML, by the selectors of page), csaf (a CSAF provider), facts (a catalogue of CVEs such as CISA KEV, whose facts are added to advisories), notices (a folder of Markdown files: our own notices, one source at most). Default: feed.")]
    public SourceKind Kind { get; init; } = SourceKind.Feed;

    /// <summary>Its address: https, http, or file: for a folder or file beside the configuration. Of a CSAF provider: provider-metadata.json, a ROLIE feed, a directory with changes.csv or index.txt, or just its domain. Required; no login in it.</summary>
    [Required]
    [Description("Its address: https, http, or file: for a folder or file beside the configuration. Of a CSAF provider: provider-metadata.json, a ROLIE feed, a directory with changes.csv or index.txt, or just its domain. Required; no login in it.")]
    public string Url { get; init; } = "";

    /// <summary>must: asked often, recipients are told when it is out of reach; normal: asked hourly. Default: normal.</summary>
    [Description("must: asked often, recipients are told when it is out of reach; normal: asked hourly. Default: normal.")]
    public SourceClass Class { get; init; } = SourceClass.Normal;

    /// <summary>always: reaches every recipient; background: searched and related, in feeds only where it matters. Default: always.</summary>
    [Description("always: reaches every recipient; background: searched and related, in feeds only where it matters. Default: always.")]
    public Delivery Deliver { get; init; } = Delivery.Always;

    /// <summary>Language of its texts, BCP 47. Default: de.</summary>
    [Description("Language of its texts, BCP 47. Default: de.")]
    public string Language { get; init; } = "de";

    /// <summary>Traffic Light Protocol label of documents that bear none: CLEAR, GREEN, AMBER, AMBER+STRICT or RED. Required.</summary>
    [Required]
    [Description("Traffic Light Protocol label of documents that bear none: CLEAR, GREEN, AMBER, AMBER+STRICT or RED. Required.")]
    public Tlp Tlp { get; init; } = Tlp.Red;

    /// <summary>Who is to be named with its entries. Default: the name.</summary>
    [Description("Who is to be named with its entries. Default: the name.")]
    public string? Attribution { get; init; }

    /// <summary>Terms of its texts. Default: nicht angegeben.</summary>
    [Description("Terms of its texts. Default: nicht angegeben.")]
    public string License { get; init; } = "nicht angegeben";

    /// <summary>Subjects it covers, for people. Default: none.</summary>
    [Description("Subjects it covers, for people. Default: none.")]
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>false: never asked, its advisories stay. Default: true.</summary>
    [Description("false: never asked, its advisories stay. Default: true.")]
    public bool Enabled { get; init; } = true;

    /// <summary>Pause between two polls, 00:01:00 (class must: 00:05:00) to 7.00:00:00. Default: null, that of its class.</summary>
    [Description("Pause between two polls, 00:01:00 (class must: 00:05:00) to 7.00:00:00. Default: null, that of its class.")]
    public TimeSpan? Interval { get; init; }

    /// <summary>When it is polled, instead of an interval: minute, hour, day, month and weekday of cron, in service.timeZone, such as 30 6 * * 1-5. Default: null, by its interval.</summary>
    [Description("When it is polled, instead of an interval: minute, hour, day, month and weekday of cron, in service.timeZone, such as 30 6 * * 1-5. Default: null, by its interval.")]
    public string? Cron { get; init; }

    /// <summary>User-Agent where the source insists on another than ours. Default: null, ours.</summary>
    [Description("User-Agent where the source insists on another than ours. Default: null, ours.")]
    public string? UserAgent { get; init; }

    /// <summary>What is to be found on a page: for kind page alone, and required there. Default: null.</summary>
    [Description("What is to be found on a page: for kind page alone, and required there. Default: null.")]
    public PageOptions? Page { get; init; }

    /// <summary>For kind csaf alone: documents that are older than this at the first import are listed without being read, 00:00:00 to 9999.00:00:00. Default: 90.00:00:00.</summary>
    [Description("For kind csaf alone: documents that are older than this at the first import are listed without being read, 00:00:00 to 9999.00:00:00. Default: 90.00:00:00.")]
    public TimeSpan History { get; init; } = CsafPlan.Default.History;

    /// <summary>For kind csaf alone: most documents read in one poll, 1 to 10000; the rest follows in the next ones. Default: 200.</summary>
    [Description("For kind csaf alone: most documents read in one poll, 1 to 10000; the rest follows in the next ones. Default: 200.")]
    public long DocumentsPerPoll { get; init; } = CsafPlan.Default.DocumentsPerPoll;

    /// <summary>Ids it had before, so that its history stays its own. Default: none.</summary>
    [Description("Ids it had before, so that its history stays its own. Default: none.")]
    public IReadOnlyList<string> FormerIds { get; init; } = [];

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        if (Id.Length > 0 && !SourceId.IsValid(Id))
            examination.Mistake(this, "id", Codes.SourceIdInvalid, "use a-z, 0-9 and '-', a letter or digit first, at most 63 characters");
        if (Id == SourceId.Operator.ToString())
            examination.Mistake(this, "id", Codes.SourceIdInvalid, "choose another: it stands for what the operator says (kwid withdraw)");
        if (Url.Length > 0 && examination.FindAddress(this) is null)
            examination.Mistake(this, "url", Codes.SourceUrl, "write an address that begins with https://, http:// or file:, without a login in it");
        if (!LanguageTag().IsMatch(Language))
            examination.Mistake(this, "language", Codes.Language, "write a tag such as de, en or de-AT");
        if (UserAgent is not null && UserAgent.Any(c => c is < ' ' or > '~'))
            examination.Mistake(this, "userAgent", Codes.OutOfRange, "use printable ASCII characters alone");
        CheckPage(examination);
        CheckCsaf(examination);
        if (Kind is SourceKind.Facts && Tlp is not Tlp.Clear)
            examination.Mistake(this, "tlp", Codes.OutOfRange, "use CLEAR: what a catalogue says is added to advisories that anyone may read");
        CheckNotices(examination);
        var floor = Class == SourceClass.Must ? MustPollingOptions.Floor : NormalPollingOptions.Floor;
        if (Interval is { } interval) examination.CheckInterval(this, interval, floor);
        if (Cron is not null) examination.CheckCron(this, Cron, floor);
        if (Cron is not null && Interval is not null) examination.Mistake(this, "cron", Codes.Cron, "remove it or \"interval\": a source has one pace");
        if (examination.FindAddress(this) is { } address) CheckAccess(examination, address);
    }

    private void CheckCsaf(Examination examination)
    {
        foreach (var key in new[] { "history", "documentsPerPoll" })
            if (Kind != SourceKind.Csaf && Has(key))
                examination.Mistake(this, key, Codes.SourceCsaf, "write \"kind\": \"csaf\", or remove it: it has no meaning for other kinds");
        if (History < TimeSpan.Zero || History > TimeSpan.FromDays(9999))
            examination.Mistake(this, "history", Codes.OutOfRange, "write a span from 00:00:00 to 9999.00:00:00, such as 90.00:00:00");
        if (DocumentsPerPoll is < 1 or > 10_000)
            examination.Mistake(this, "documentsPerPoll", Codes.OutOfRange, "write a number from 1 to 10000");
        if (Kind == SourceKind.Csaf && examination.FindAddress(this) is { IsFile: true })
            examination.Warn(this, "url", Codes.SourceCsaf, "expect no entries: a CSAF provider is on the web; write \"kind\": \"feed\" for a folder of CSAF documents");
    }

    private void CheckNotices(Examination examination)
    {
        if (Kind is not SourceKind.Notices) return;
        if (examination.FindAddress(this) is { IsFile: false })
            examination.Mistake(this, "url", Codes.SourceNotices, "write the folder of the notices, such as file:notices/");
        if (examination.IsSecondNotices(this))
            examination.Mistake(this, "kind", Codes.SourceNotices, "keep one source of kind notices: two folders could tell one notice");
    }

    private void CheckPage(Examination examination)
    {
        if (Kind == SourceKind.Page && Written?.Find("page") is null or { Kind: NodeKind.Null })
            examination.Mistake(this, "page", Codes.SourcePage, "add \"page\": { \"item\": \"…\" } with a CSS selector of what is an item on the page", "no \"page\"");
        if (Kind != SourceKind.Page && Page is not null)
            examination.Mistake(this, "page", Codes.SourcePage, "write \"kind\": \"page\", or remove it: it has no meaning for other kinds");
        if (Page?.Detail is not null && examination.FindAddress(this) is { IsFile: true })
            examination.Warn(Page, "detail", Codes.SourcePage, "expect no effect: of a saved page no further pages are asked");
    }

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LanguageTag();
}
