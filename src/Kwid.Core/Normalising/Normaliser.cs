using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>Turns what a source wrote into Kwid's terms. Pure: the same input gives the same entry, whatever the machine's clock and culture.</summary>
public static class Normaliser
{
    /// <summary>Longest title kept, in characters; feeds cut theirs much earlier.</summary>
    private const int LongestTitle = 500;

    /// <summary>Length of a title made of the text, in characters.</summary>
    private const int LongestMadeTitle = 80;

    /// <summary>Most categories kept.</summary>
    private const int MostCategories = 100;

    /// <summary>Most references kept.</summary>
    private const int MostReferences = 200;

    /// <summary>How much of a feed's text is looked at for what an attack does, in characters.</summary>
    private const int LongestLead = 1_000;

    /// <summary>Why something was withdrawn, where the source does not say it.</summary>
    internal const string NoReason = "kein Grund angegeben";

    /// <summary>Normalises one raw entry. An entry needs a title or a text, a withdrawal only the guid of what it withdraws: that stands for its title.</summary>
    /// <param name="source">Where it came from: gives language and, for documents without one, the label.</param>
    /// <param name="raw">As read.</param>
    /// <param name="address">The document's address, for entries that state no base of their own.</param>
    /// <param name="now">Dates more than a day later count as not given.</param>
    /// <param name="publishers">How publishers' ids look; null: the built-in rows.</param>
    public static NormaliseOutcome Normalise(Source source, RawEntry raw, Uri address, DateTimeOffset now, PublisherIds? publishers = null)
    {
        var ids = publishers ?? PublisherIds.BuiltIn;
        var at = raw.BaseAddress ?? address;
        var (body, other) = FindBody(raw, at);
        var title = WidTitle.Read(PlainText.FromTitle(raw.Title, raw.TitleIsMarkup, at));
        var name = title.Text.Length > 0 ? PlainText.Cut(title.Text, LongestTitle) : PlainText.Cut(PlainText.Fold(body.Text), LongestMadeTitle);
        if (name.Length == 0 && raw.Withdrawn is not null && raw.Guid is null) return new NormaliseOutcome.Refused(new Rejected(source.Id, What(raw, title), "It takes an entry back, but does not say which; a deleted-entry needs a ref."));
        if (name.Length == 0 && raw.Withdrawn is not null) name = PlainText.Cut(PlainText.FromText(raw.Guid), LongestTitle);
        if (name.Length == 0) return new NormaliseOutcome.Refused(new Rejected(source.Id, What(raw, title), "It has neither a title nor a text; an entry needs one of them."));

        var latest = now.AddDays(1);
        var permalink = FindPermalink(raw, at);
        var (published, updated) = (FeedDates.FindUntil(raw.Published, latest), FeedDates.FindUntil(raw.Updated, latest));
        var categories = ReadCategories(raw);
        var severity = SeverityReader.Read(title.SeverityWord, categories, body.Text);
        var label = TlpReader.Find([title.Text, .. categories], body.Text, other.Text);
        var native = raw.Document is { } named ? ids.OfDocument(raw.Identifier, named.Namespace) : ids.Find(raw.Identifier, raw.Guid, permalink, name);
        var references = ReadReferences(raw, at);
        var entry = new Entry
        {
            Source = source.Id,
            Guid = EntryGuid.Get(raw.Guid, permalink, name, published ?? updated),
            NativeId = native,
            Permalink = permalink,
            Title = name,
            Html = body.Html,
            Text = body.Text,
            Published = published,
            Updated = updated,
            Severity = severity?.Band ?? (raw.Cvss is { } scored ? scored.Band : null),
            SeverityWord = severity?.Word,
            Cvss = raw.Cvss,
            NoPatch = title.NoPatch,
            Cves = ReadCves(raw, title, body, other, categories),
            Tlp = label ?? source.Tlp,
            IsLabelled = label is not null,
            References = references,
            Names = ids.FindNames(native, references, raw.References),
            Withdrawn = raw.Withdrawn is null ? null : PlainText.FromText(raw.Withdrawn) is { Length: > 0 } reason ? PlainText.Cut(reason, LongestTitle) : NoReason,
            Author = PlainText.FromText(raw.Author) is { Length: > 0 } author ? PlainText.Cut(author, LongestTitle) : null,
            Categories = categories,
            Language = source.Language,
            IsExcerpt = raw.IsExcerpt,
        };
        return new NormaliseOutcome.Accepted(raw.Document is { } document ? StructuredFields.Add(entry, document, raw.Cvss, at, latest) : AddAttack(entry));
    }

    /// <summary>What a feed's words say of the attack.</summary>
    private static Entry AddAttack(Entry entry)
    {
        var attack = EffectReader.Read(entry.Title, entry.Text[..Math.Min(entry.Text.Length, LongestLead)]);
        return entry with { Effects = attack.Effects, IsRemote = attack.IsRemote, NeedsNoLogin = attack.NeedsNoLogin };
    }

    /// <summary>A document that has a field for them says there which it is about; in texts and links it may name others, too.</summary>
    private static IReadOnlyList<CveId> ReadCves(RawEntry raw, WidTitle title, SanitisedBody body, SanitisedBody other, List<string> categories)
    {
        if (raw.Document is not null && CveFinder.Find([title.Text, .. raw.References]) is { Count: > 0 } known) return known;
        return CveFinder.Find(
            [title.Text, body.Html, body.Text, other.Html, other.Text, raw.Guid, raw.Link, .. raw.Links.Where(link => link.IsFurther).Select(link => link.Address), .. raw.References, .. categories]);
    }

    /// <summary>Of documents and feeds: what leads to something of the matter besides the entry's own page, attached files left aside.</summary>
    private static List<Reference> ReadReferences(RawEntry raw, Uri at)
    {
        var references = new List<Reference>();
        foreach (var link in raw.Links)
        {
            if (link.Relation != "related" || references.Count == MostReferences) continue;
            if (Links.Find(link.Address, at) is { } url) references.Add(new Reference(url, PlainText.FromText(link.Title) is { Length: > 0 } text ? PlainText.Cut(text, LongestTitle) : null));
        }

        return references;
    }

    /// <summary>The fuller text where it says anything, else the summary. A summary beside a content is not shown, but it may name a CVE or a label that the content does not.</summary>
    private static (SanitisedBody Body, SanitisedBody Other) FindBody(RawEntry raw, Uri at)
    {
        var (content, summary) = (HtmlSanitiser.Sanitise(raw.Content, at), HtmlSanitiser.Sanitise(raw.Summary, at));
        return content.IsEmpty ? (summary, SanitisedBody.Empty) : (content, summary);
    }

    private static Uri? FindPermalink(RawEntry raw, Uri at) =>
        Links.Find(raw.OriginalLink ?? raw.Link, at) ?? (raw.GuidIsPermalink && Uri.IsWellFormedUriString(raw.Guid?.Trim(), UriKind.Absolute) ? Links.Find(raw.Guid, at) : null);

    private static List<string> ReadCategories(RawEntry raw) =>
        [.. raw.Categories.Append(raw.Document?.SharingGroup is { } group ? $"Sharing Group: {group}" : "").Select(PlainText.FromText).Where(category => category.Length > 0).Distinct(StringComparer.Ordinal).Take(MostCategories)];

    private static string What(RawEntry raw, WidTitle title)
    {
        if (title.Tokens.Length > 0) return title.Tokens;
        return PlainText.FromText(raw.Guid) is { Length: > 0 } guid ? guid : raw.Line > 0 ? $"the entry in line {raw.Line}" : "an entry";
    }
}
