using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>RSS 0.90 to 2.0, RDF ones included, with the modules that sources use: content, Dublin Core, Atom links (RSS Advisory Board's profile).</summary>
internal sealed partial class RssReader : IFormatReader
{
    /// <inheritdoc/>
    public bool Reads(SniffedBody body) => body.Root is "rss" or "rdf:rdf";

    /// <inheritdoc/>
    public ReadDocument Read(SniffedBody body, Uri address)
    {
        using var walk = new XmlFeedWalk(body, address);
        var head = new FeedHead();
        List<RawEntry> entries = [];
        while (walk.FindNext() is { } piece)
        {
            if (piece.IsEntry) entries.Add(ReadItem(piece));
            else head = TakeHead(head, piece);
            head = head with { Language = head.Language ?? piece.Language };
        }

        head = head with { Language = FeedLanguage.Of(head.Language, walk.RootAttributes) };
        var version = walk.RootAttributes.GetValueOrDefault("version", body.Root == "rss" ? "2.0" : "1.0").Trim();
        return new ReadDocument($"RSS {version}", head, entries, walk.Faults);
    }

    /// <summary>The head with one more element; the first of several equal ones wins.</summary>
    private static FeedHead TakeHead(FeedHead head, FeedPiece piece)
    {
        var bases = new XmlBase(piece.Base, piece.Base);
        var text = ElementMarkup.Text(piece.Element)?.Trim();
        return piece.Name switch
        {
            "title" => head with { Title = head.Title ?? ElementMarkup.Read(piece.Element, bases).Value?.Trim() },
            "link" => head with { Home = text ?? head.Home },
            "atom:link" when head.Home is null && AtomLink.Read(piece.Element, bases) is { Relation: "alternate" } link => head with { Home = link.Address },
            "description" => head with { Description = head.Description ?? ElementMarkup.Read(piece.Element, bases).Value },
            "language" or "dc:language" => head with { Language = head.Language ?? text },
            "lastbuilddate" or "dc:date" or "dcterms:modified" or "atom:updated" => head with { Updated = head.Updated ?? text },
            "pubdate" or "dcterms:issued" or "dcterms:created" => head with { Published = head.Published ?? text },
            "atom:id" => head with { Id = head.Id ?? text },
            "dc:creator" or "dc:author" or "managingeditor" or "author" or "webmaster" or "itunes:author" => head with { Author = head.Author ?? Item.PersonName(text) },
            _ => head,
        };
    }

    private static RawEntry ReadItem(FeedPiece piece)
    {
        var bases = XmlBase.OfEntry(piece.Element, piece.Base, piece.Element.Elements().LastOrDefault(element => Vocabulary.Name(element) is "description" or "content:encoded"));
        var item = new Item(bases) { About = Vocabulary.FindRdfAttribute(piece.Element, "about") };
        foreach (var element in piece.Element.Elements()) item.Take(element);
        return new RawEntry
        {
            Guid = item.Guid ?? item.About,
            GuidIsPermalink = item.GuidIsPermalink,
            Link = item.OriginalLink ?? item.Link ?? item.AtomLink,
            BaseAddress = bases.Reported,
            Title = item.Title.Value,
            TitleIsMarkup = item.Title.IsMarkup,
            Summary = item.Summary,
            Content = item.Content,
            Published = item.Published ?? item.Date,
            Updated = item.Updated,
            Author = item.Creator ?? item.Author ?? item.Podcaster,
            Categories = item.Categories,
            FurtherLinks = item.FurtherLinks,
            Enclosures = item.Enclosures,
            Line = piece.Line,
        };
    }

    /// <summary>An item while its elements come in; the first of several equal ones wins.</summary>
    private sealed partial class Item(XmlBase bases)
    {
        /// <summary>rdf:about of RSS 1.0: the item's identity.</summary>
        public string? About { get; init; }
        public string? Guid { get; private set; }
        public bool GuidIsPermalink { get; private set; }
        public string? Link { get; private set; }
        public string? AtomLink { get; private set; }
        public string? OriginalLink { get; private set; }
        public (string? Value, bool IsMarkup) Title { get; private set; }
        public string? Summary { get; private set; }
        public string? Content { get; private set; }
        public string? Published { get; private set; }
        public string? Date { get; private set; }
        public string? Updated { get; private set; }
        public string? Author { get; private set; }
        public string? Creator { get; private set; }
        public string? Podcaster { get; private set; }
        public List<string> Categories { get; } = [];
        public List<string> FurtherLinks { get; } = [];
        public List<Enclosure> Enclosures { get; } = [];

        public void Take(XElement element)
        {
            switch (Vocabulary.Name(element))
            {
                case "title": if (Title.Value is null) Title = ElementMarkup.Read(element, bases); break;
                case "link": Link ??= FindLink(element); break;
                case "guid": TakeGuid(element); break;
                case "description" or "dc:description": Summary ??= ElementMarkup.Read(element, bases).Value; break;
                case "content:encoded" or "xhtml:body" or "body" or "fullitem" or "content": Content ??= ElementMarkup.Read(element, bases).Value; break;
                case "pubdate" or "atom:published": Published ??= ElementMarkup.Text(element); break;
                case "dc:date" or "dcterms:created" or "dcterms:issued": Date ??= ElementMarkup.Text(element); break;
                case "dcterms:modified" or "atom:updated": Updated ??= ElementMarkup.Text(element); break;
                case "author": Author ??= PersonName(ElementMarkup.Text(element)); break;
                case "dc:creator": Creator ??= PersonName(ElementMarkup.Text(element)); break;
                case "itunes:author": Podcaster ??= ElementMarkup.Text(element)?.Trim(); break;
                case "category" or "dc:subject": if (ElementMarkup.Text(element) is { } term) Categories.Add(term.Trim()); break;
                case "enclosure": TakeEnclosure(element); break;
                case "feedburner:origlink": OriginalLink ??= FindLink(element); break;
                case "atom:link": TakeAtomLink(element); break;
            }
        }

        private void TakeGuid(XElement element)
        {
            if (Guid is not null || ElementMarkup.Text(element) is not { } guid) return;
            Guid = guid;
            GuidIsPermalink = !string.Equals(Vocabulary.FindAttribute(element, "isPermaLink")?.Trim(), "false", StringComparison.OrdinalIgnoreCase);
        }

        private void TakeAtomLink(XElement element)
        {
            var relation = Vocabulary.FindAttribute(element, "rel")?.Trim() ?? "alternate";
            if (relation is "alternate") AtomLink ??= FindLink(element);
            else if (relation is "enclosure" or "related" or "via") TakeFurther(element, "href");
        }

        private void TakeEnclosure(XElement element)
        {
            TakeFurther(element, "url");
            if (Vocabulary.FindAttribute(element, "url") is { } url)
                Enclosures.Add(new Enclosure(bases.Reference(element, url.Trim()), Vocabulary.FindAttribute(element, "type"), Vocabulary.FindAttribute(element, "length")));
        }

        private void TakeFurther(XElement element, string attribute)
        {
            if (Vocabulary.FindAttribute(element, attribute) is { } found) FurtherLinks.Add(bases.Reference(element, found));
        }

        /// <summary>The text, or, as some write it, an href attribute.</summary>
        private string? FindLink(XElement element) =>
            (ElementMarkup.Text(element)?.Trim() ?? Vocabulary.FindAttribute(element, "href")) is { } link ? bases.Reference(element, link) : null;

        /// <summary>The name in <c>mail@example.de (Name)</c>, <c>Name (mail@example.de)</c> and <c>Name &lt;mail@example.de&gt;</c>, else the text.</summary>
        public static string? PersonName(string? text)
        {
            if (text is null) return null;
            return MailAndName().Match(text.Trim()) is { Success: true } match ? $"{match.Groups["behind"].Value}{match.Groups["before"].Value}" : text.Trim();
        }

        [GeneratedRegex(@"^\S+@\S+\s+\((?<behind>.+)\)$|^(?<before>.+?)\s*[<(]\S+@\S+[>)]$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
        private static partial Regex MailAndName();
    }
}
