using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>
/// RSS 0.90 to 2.0, RDF ones included, with the modules that sources use: content, Dublin Core, Atom links (RSS Advisory Board's profile), media,
/// syndication, and JVN's for advisories.
/// </summary>
internal sealed class RssReader : IFormatReader
{
    /// <inheritdoc/>
    public bool Reads(SniffedBody body) => body.Root is "rss" or "rdf:rdf";

    /// <inheritdoc/>
    public ReadDocument Read(SniffedBody body, Uri address)
    {
        var walk = new XmlFeedWalk(body, address);
        var (head, pause) = (new FeedHead(), new FeedPause());
        List<RawEntry> entries = [];
        while (walk.FindNext() is { } piece)
        {
            try
            {
                if (piece.IsEntry) entries.Add(ReadItem(piece));
                else head = TakeHead(head, piece);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                walk.Fail(piece, fault);
            }

            if (!piece.IsEntry) pause.Take(piece.Name, ElementMarkup.Text(piece.Element)?.Trim());
            head = head with { Language = head.Language ?? piece.Language };
        }

        head = head with { Language = FeedLanguage.Of(head.Language, walk.RootAttributes), Pause = pause.Value };
        var version = walk.RootAttributes.GetValueOrDefault("version", body.Root == "rss" ? "2.0" : "1.0").Trim();
        return new ReadDocument($"RSS {version}", head, entries, walk.Faults);
    }

    /// <summary>The head with one more element; of several equal ones the first wins, of links and dates the last.</summary>
    private static FeedHead TakeHead(FeedHead head, FeedPiece piece)
    {
        var bases = new XmlBase(piece.Base, piece.Base);
        var text = ElementMarkup.Text(piece.Element)?.Trim();
        switch (piece.Name)
        {
            case "title": return head with { Title = head.Title ?? ElementMarkup.Read(piece.Element, bases).Value?.Trim() };
            case "dc:title": return head with { Title = head.Title ?? text };
            case "link" or "atom:link": return FeedLinks.Read(piece.Element, bases) is { } link ? TakeLink(head, link, piece.Name == "link") : head;
            case "description": return head with { Description = head.Description ?? ElementMarkup.Read(piece.Element, bases).Value };
            case "language" or "dc:language": return head with { Language = head.Language ?? text };
            case "lastbuilddate" or "dc:date" or "dcterms:modified" or "atom:updated": return head with { Updated = text ?? head.Updated };
            case "pubdate" or "dcterms:issued" or "dcterms:created": return head with { Published = text ?? head.Published };
            case "atom:id": return head with { Id = head.Id ?? text };
            case "category" or "dc:subject": return text is null ? head : head with { Categories = head.Categories.With(text) };
            case "dc:creator" or "dc:author" or "managingeditor" or "author" or "webmaster" or "itunes:author":
                return PersonText.Read(piece.Element, bases) is { } person ? head with { Authors = head.Authors.With(person) } : head;
            default: return head;
        }
    }

    private static FeedHead TakeLink(FeedHead head, RawLink link, bool isOwn)
    {
        var home = isOwn && link.Relation == "alternate" ? link.Address : head.Home ?? (link.Relation == "alternate" ? link.Address : null);
        return head with { Links = head.Links.With(link), Home = home };
    }

    private static RawEntry ReadItem(FeedPiece piece)
    {
        FeedElement? content = null, description = null;
        foreach (var element in piece.Element.Elements)
        {
            if (element.Name == "content:encoded") content ??= element;
            else if (element.Name == "description") description ??= element;
        }

        var item = new Item(XmlBase.OfEntry(piece.Element, piece.Base, content ?? description)) { About = piece.Element.Find("rdf:about") };
        foreach (var element in piece.Element.Elements) item.Take(element);
        return item.ToEntry(piece.Line);
    }

    /// <summary>An item while its elements come in; of several equal ones the first wins.</summary>
    private sealed class Item(XmlBase bases)
    {
        private List<RawPerson>? _authors;
        private List<string>? _categories, _references;
        private List<RawLink>? _links;
        private string? _guid, _otherGuid, _link, _originalLink, _otherTitle, _summary, _otherSummary, _content, _otherContent, _published, _issued, _date, _updated, _identifier;
        private (string? Value, bool IsMarkup) _title;
        private RawPerson? _author, _podcaster;
        private Cvss? _cvss;
        private bool _guidIsPermalink;

        /// <summary>rdf:about of RSS 1.0: the item's identity.</summary>
        public string? About { get; init; }

        public void Take(FeedElement element)
        {
            switch (element.Name)
            {
                case "title": if (_title.Value is null) _title = ElementMarkup.Read(element, bases); break;
                case "dc:title" or "media:title" or "atom:title": _otherTitle ??= ElementMarkup.Read(element, bases).Value; break;
                case "link": TakeLink(element); break;
                case "guid": TakeGuid(element); break;
                case "description": _summary ??= ElementMarkup.Read(element, bases).Value; break;
                case "dc:description" or "media:description" or "itunes:summary": _otherSummary ??= ElementMarkup.Read(element, bases).Value; break;
                case "atom:summary": _otherSummary ??= AtomText.Html(element, bases); break;
                case "atom:content": _otherContent ??= AtomText.Html(element, bases); break;
                case "content:encoded" or "xhtml:body" or "body" or "fullitem" or "content": _content ??= ElementMarkup.Read(element, bases).Value; break;
                case "atom:id": _otherGuid ??= ElementMarkup.Text(element); break;
                case "pubdate" or "atom:published" or "published": _published = ElementMarkup.Text(element) ?? _published; break;
                case "dcterms:created" or "dcterms:issued": _issued ??= ElementMarkup.Text(element); break;
                case "dc:date": _date ??= ElementMarkup.Text(element); break;
                case "dcterms:modified" or "atom:updated" or "updated": _updated = ElementMarkup.Text(element) ?? _updated; break;
                case "author" or "atom:author": _author ??= PersonText.Read(element, bases); break;
                case "dc:creator" or "dc:author": if (PersonText.Read(ElementMarkup.Text(element)) is { } creator) (_authors ??= []).Add(creator); break;
                case "itunes:author": _podcaster ??= PersonText.Read(ElementMarkup.Text(element)); break;
                case "category" or "dc:subject" or "media:category": if (ElementMarkup.Text(element) is { } term) (_categories ??= []).Add(term.Trim()); break;
                case "enclosure": TakeEnclosure(element); break;
                case "feedburner:origlink": _originalLink ??= ElementMarkup.Text(element)?.Trim(); break;
                case "atom:link": if (FeedLinks.Read(element, bases) is { } link) (_links ??= []).Add(link); break;
                case "thr:in-reply-to": if ((element.Find("href") ?? element.Find("ref")) is { } earlier) (_links ??= []).Add(new RawLink(bases.Reference(element, earlier.Trim()), "in-reply-to")); break;
                case "media:group": foreach (var inside in element.Elements) Take(inside); break;
                case "sec:identifier" or "dfncert:refnum": _identifier ??= ElementMarkup.Text(element)?.Trim(); break;
                case "sec:references" or "dfncert:cve": SecurityFields.AddReferences(element, _references ??= []); break;
                case "sec:cvss": TakeScore(element); break;
            }
        }

        public RawEntry ToEntry(int line) => new()
        {
            Guid = _guid ?? About ?? _otherGuid,
            GuidIsPermalink = _guidIsPermalink,
            Link = _link ?? _links?.Find(link => link.Relation == "alternate")?.Address,
            OriginalLink = _originalLink,
            BaseAddress = bases.Reported,
            Title = _title.Value ?? _otherTitle,
            TitleIsMarkup = _title.IsMarkup,
            Summary = _summary ?? _otherSummary,
            Content = _content ?? _otherContent,
            Published = _published ?? _issued ?? _date,
            Updated = _updated,
            Authors = Authors(),
            Categories = _categories ?? [],
            Links = _links ?? [],
            Identifier = _identifier,
            References = _references ?? [],
            Cvss = _cvss,
            Line = line,
        };

        /// <summary>Creators (Dublin Core) before authors before a podcast's.</summary>
        private List<RawPerson> Authors()
        {
            if (_author is not null) (_authors ??= []).Add(_author);
            if (_podcaster is not null) (_authors ??= []).Add(_podcaster);
            return _authors ?? [];
        }

        private void TakeLink(FeedElement element)
        {
            if (FeedLinks.Read(element, bases) is not { } link) return;
            (_links ??= []).Add(link);
            if (link.Relation == "alternate") _link ??= link.Address;
        }

        private void TakeGuid(FeedElement element)
        {
            if (_guid is not null || ElementMarkup.Text(element) is not { } guid) return;
            _guid = guid;
            _guidIsPermalink = !string.Equals(element.Find("isPermaLink")?.Trim(), "false", StringComparison.OrdinalIgnoreCase);
        }

        private void TakeEnclosure(FeedElement element)
        {
            if (element.Find("url") is { } url)
                (_links ??= []).Add(new RawLink(bases.Reference(element, url.Trim()), "enclosure") { Type = element.Find("type"), Length = element.Find("length") });
        }

        /// <summary>Of several scores the one by the newest version of the standard.</summary>
        private void TakeScore(FeedElement element)
        {
            if (SecurityFields.FindScore(element) is { } score && (_cvss is null || string.CompareOrdinal(score.Version, _cvss.Version) > 0)) _cvss = score;
        }
    }
}
