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

    /// <summary>Normalises one raw entry. An entry needs a title or a text.</summary>
    /// <param name="source">Where it came from: gives language and, for documents without one, the label.</param>
    /// <param name="raw">As read.</param>
    /// <param name="address">The document's address, for entries that state no base of their own.</param>
    /// <param name="now">Dates more than a day later count as not given.</param>
    public static NormaliseOutcome Normalise(Source source, RawEntry raw, Uri address, DateTimeOffset now)
    {
        var at = raw.BaseAddress ?? address;
        var (body, other) = FindBody(raw, at);
        var title = WidTitle.Read(PlainText.FromTitle(raw.Title, raw.TitleIsMarkup, at));
        var name = title.Text.Length > 0 ? PlainText.Cut(title.Text, LongestTitle) : PlainText.Cut(PlainText.Fold(body.Text), LongestMadeTitle);
        if (name.Length == 0) return new NormaliseOutcome.Refused(new Rejected(source.Id, What(raw, title), "It has neither a title nor a text; an entry needs one of them."));

        var permalink = FindPermalink(raw, at);
        var (published, updated) = (FeedDates.FindUntil(raw.Published, now.AddDays(1)), FeedDates.FindUntil(raw.Updated, now.AddDays(1)));
        var categories = ReadCategories(raw);
        var severity = SeverityReader.Read(title.SeverityWord, categories, body.Text);
        return new NormaliseOutcome.Accepted(new Entry
        {
            Source = source.Id,
            Guid = EntryGuid.Get(raw.Guid, permalink, name, published ?? updated),
            NativeId = AdvisoryIds.Find(raw.Identifier, null, "") ?? AdvisoryIds.Find(raw.Guid, permalink, name),
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
            Cves = CveFinder.Find(
                [title.Text, body.Html, body.Text, other.Html, other.Text, raw.Guid, raw.Link, .. raw.Links.Where(link => link.IsFurther).Select(link => link.Address), .. raw.References, .. categories]),
            Tlp = TlpReader.Find([title.Text, .. categories], body.Text, other.Text) ?? source.Tlp,
            Author = PlainText.FromText(raw.Author) is { Length: > 0 } author ? PlainText.Cut(author, LongestTitle) : null,
            Categories = categories,
            Language = source.Language,
            IsExcerpt = raw.IsExcerpt,
        });
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
        [.. raw.Categories.Select(PlainText.FromText).Where(category => category.Length > 0).Distinct(StringComparer.Ordinal).Take(MostCategories)];

    private static string What(RawEntry raw, WidTitle title)
    {
        if (title.Tokens.Length > 0) return title.Tokens;
        return PlainText.FromText(raw.Guid) is { Length: > 0 } guid ? guid : raw.Line > 0 ? $"the entry in line {raw.Line}" : "an entry";
    }
}
