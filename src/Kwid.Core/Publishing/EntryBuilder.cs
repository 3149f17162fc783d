using System.Globalization;
using System.ServiceModel.Syndication;
using System.Xml.Linq;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Builds the syndication item of one entry, with holes: every format is written from it.</summary>
internal sealed class EntryBuilder(ServiceIdentity service)
{
    private const string SeverityScheme = "urn:kwid:severity";
    private const string AdvisoryScheme = "urn:kwid:advisory";
    private const string RevisionScheme = "urn:kwid:revision";
    private const string TlpScheme = "https://www.first.org/tlp/";
    private const string CveScheme = "https://www.cve.org/";
    private static readonly XNamespace Threading = "http://purl.org/syndication/thread/1.0";

    private readonly EntryBody _body = new(service);

    /// <summary>The item of what is shown.</summary>
    /// <param name="entry">Where it stands in the feed.</param>
    /// <param name="shown">The revision to show.</param>
    /// <param name="news">Changes that made it a new entry.</param>
    /// <param name="inside">Other advisories that it tells, too.</param>
    public SyndicationItem Build(ShownEntry entry, Revision shown, IReadOnlyList<Change> news, IReadOnlyList<Revision> inside) =>
        Identify(entry.Withdrawn is null ? Standing(shown, news, inside) : entry.IsTakenBack ? TakenBack() : Withdrawn(), entry);

    /// <summary>The item of an entry whose text is damaged on disk.</summary>
    public SyndicationItem BuildUnreadable(ShownEntry entry) => Identify(
        Explaining(
            $"Sicherheitshinweis {entry.Shown.Advisory}",
            "Der Text dieses Hinweises kann zurzeit nicht gelesen werden. Bitte lesen Sie ihn bei der Quelle, oder fragen Sie den Betreiber dieses Dienstes."),
        entry);

    private static SyndicationItem Identify(SyndicationItem item, ShownEntry entry)
    {
        item.Id = Id(entry.First.Revision);
        item.PublishDate = entry.First.Instant;
        item.LastUpdatedTime = entry.Withdrawn?.Instant ?? entry.Redacted?.Instant ?? entry.First.Instant;
        item.Categories.Add(new SyndicationCategory(entry.Shown.Advisory.ToString(), AdvisoryScheme, null));
        item.Categories.Add(new SyndicationCategory(entry.Shown.Number.ToString(CultureInfo.InvariantCulture), RevisionScheme, null));
        if (entry.ReplyTo is { } first)
            item.ElementExtensions.Add(InReplyTo(Id(new RevisionKey(entry.Shown.Advisory, first))).CreateReader());
        return item;
    }

    private SyndicationItem Standing(Revision shown, IReadOnlyList<Change> news, IReadOnlyList<Revision> inside)
    {
        var told = shown.Entry;
        var item = new SyndicationItem
        {
            Title = Plain(EntryTitle.Compose(told, news)),
            Summary = Plain(GermanWords.Cut(told.Withdrawn is not null ? WhatToDo.Withdrawal(told) : told.Text.Length > 0 ? told.Text : told.Title, 300)),
            Content = new TextSyndicationContent(_body.Compose(shown, news, inside), TextSyndicationContentKind.Html),
        };
        if (told.Severity is { } severity) item.Categories.Add(new SyndicationCategory(severity.Word(), SeverityScheme, null));
        item.Categories.Add(new SyndicationCategory("TLP:" + told.Tlp.Word(), TlpScheme, null));
        foreach (var cve in told.Cves) item.Categories.Add(new SyndicationCategory(cve.ToString(), CveScheme, null));
        AddOrigin(item, shown);
        return item;
    }

    private void AddOrigin(SyndicationItem item, Revision shown)
    {
        item.Authors.Add(new SyndicationPerson { Name = Holes.Clean(shown.IsAuthored ? service.Title : shown.Origin?.Attribution ?? service.Title) });
        if (shown.Entry.Permalink is { } link)
        {
            item.Links.Add(SyndicationLink.CreateAlternateLink(link));
            if (!shown.IsAuthored) item.Links.Add(new SyndicationLink(link) { RelationshipType = "via" });
        }

        if (shown.Origin is not { } origin) return;
        item.SourceFeed = new SyndicationFeed
        {
            Id = origin.Address,
            Title = Plain(origin.Name),
            LastUpdatedTime = shown.Entry.UpstreamDate ?? shown.SeenAt,
        };
    }

    /// <summary>Says that something was here, and nothing of what it was.</summary>
    private SyndicationItem Withdrawn() => Explaining(
        "[ZURÜCKGEZOGEN] Dieser Hinweis wird hier nicht mehr verbreitet",
        "ZURÜCKGEZOGEN: Die Kennzeichnung (TLP) dieses Hinweises erlaubt die Verbreitung über diese Adresse nicht mehr. " +
        "Das ist keine Entwarnung; bei Fragen wenden Sie sich an den Betreiber dieses Dienstes.");

    /// <summary>Why, says the entry of the advisory that it turned out to be.</summary>
    private SyndicationItem TakenBack() => Explaining(
        "[ZURÜCKGEZOGEN] Dieser Hinweis gilt nicht mehr",
        "ZURÜCKGEZOGEN: Dieser Hinweis wurde zurückgezogen – Fehlalarm, Sie müssen nichts tun. Derselbe Sachverhalt wurde auch unter einer anderen Kennung gemeldet; " +
        "den Grund nennt der Eintrag, der dort zurückgezogen wurde.");

    private SyndicationItem Explaining(string title, string text)
    {
        var item = new SyndicationItem
        {
            Title = Plain(title),
            Summary = Plain(text),
            Content = new TextSyndicationContent($"<p>{GermanWords.Encode(text)}</p>", TextSyndicationContentKind.Html),
        };
        item.Authors.Add(new SyndicationPerson { Name = Holes.Clean(service.Title) });
        return item;
    }

    private static XElement InReplyTo(string id) =>
        new(Threading + "in-reply-to", new XAttribute(XNamespace.Xmlns + "thr", Threading.NamespaceName), new XAttribute("ref", id));

    /// <summary>P6: authority and feed part (the hole), advisory, revision; revision 1 bears no suffix.</summary>
    private static string Id(RevisionKey key) =>
        key.Number == 1 ? $"{Holes.Id}/{key.Advisory}" : string.Create(CultureInfo.InvariantCulture, $"{Holes.Id}/{key.Advisory}/r{key.Number}");

    private static TextSyndicationContent Plain(string text) => new(Holes.Clean(text), TextSyndicationContentKind.Plaintext);
}
