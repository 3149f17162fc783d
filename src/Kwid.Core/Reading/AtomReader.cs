using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>Atom 1.0 (RFC 4287) and 0.3; a feed without a namespace is read as one too.</summary>
internal sealed class AtomReader : IFormatReader
{
    /// <summary>The mark that an entry was taken back (RFC 6721).</summary>
    public const string Tombstone = "at:deleted-entry";

    /// <inheritdoc/>
    public bool Reads(SniffedBody body) => body.Root is "atom:feed" or "feed";

    /// <inheritdoc/>
    public ReadDocument Read(SniffedBody body, Uri address)
    {
        var walk = new XmlFeedWalk(body, address, own: "atom:");
        var head = new FeedHead();
        List<RawEntry> entries = [];
        while (walk.FindNext() is { } piece)
        {
            try
            {
                if (piece.IsEntry) entries.Add(piece.Name == Tombstone ? ReadTombstone(piece) : ReadEntry(piece));
                else head = TakeHead(head, piece);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                walk.Fail(piece, fault);
            }

            head = head with { Language = head.Language ?? piece.Language };
        }

        head = head with { Language = FeedLanguage.Of(head.Language, walk.RootAttributes) };
        // An entry without authors of its own has the feed's (RFC 4287 §4.2.1).
        if (head.Authors.Count > 0) entries = [.. entries.Select(entry => entry.Authors.Count > 0 ? entry : entry with { Authors = head.Authors })];
        return new ReadDocument(walk.RootAttributes.GetValueOrDefault("version") == "0.3" ? "Atom 0.3" : "Atom 1.0", head, entries, walk.Faults);
    }

    /// <summary>The head with one more element; of several equal ones the first wins, of dates the last.</summary>
    private static FeedHead TakeHead(FeedHead head, FeedPiece piece)
    {
        var bases = new XmlBase(piece.Base, piece.Base);
        var element = piece.Element;
        switch (piece.Name)
        {
            case "title": return head with { Title = head.Title ?? AtomText.Html(element, bases)?.Trim() };
            case "subtitle" or "tagline": return head with { Description = head.Description ?? AtomText.Html(element, bases) };
            case "link": return FeedLinks.Read(element, bases) is { } link ? TakeLink(head, link) : head;
            case "id": return head with { Id = head.Id ?? ElementMarkup.Text(element)?.Trim() };
            case "updated" or "modified": return head with { Updated = ElementMarkup.Text(element)?.Trim() ?? head.Updated };
            case "published" or "issued": return head with { Published = ElementMarkup.Text(element)?.Trim() ?? head.Published };
            case "author": return PersonText.Read(element, bases) is { } person ? head with { Authors = head.Authors.With(person) } : head;
            case "category": return FindTerm(element) is { } term ? head with { Categories = head.Categories.With(term) } : head;
            default: return head;
        }
    }

    private static FeedHead TakeLink(FeedHead head, RawLink link) =>
        head with { Links = head.Links.With(link), Home = head.Home ?? (link.Relation == "alternate" ? link.Address : null) };

    private static RawEntry ReadEntry(FeedPiece piece)
    {
        FeedElement? content = null, summary = null;
        foreach (var element in piece.Element.Elements)
        {
            if (element.Name == "content") content ??= element;
            else if (element.Name == "summary") summary ??= element;
        }

        var entry = new Fields(XmlBase.OfEntry(piece.Element, piece.Base, content ?? summary));
        foreach (var element in piece.Element.Elements) entry.Take(element);
        return entry.ToEntry(piece.Line);
    }

    private static RawEntry ReadTombstone(FeedPiece piece)
    {
        string? reason = null;
        foreach (var element in piece.Element.Elements)
            if (element.Name == "at:comment") reason ??= ElementMarkup.Text(element)?.Trim();
        return new RawEntry
        {
            Guid = piece.Element.Find("ref"),
            BaseAddress = piece.Base,
            Updated = piece.Element.Find("when"),
            Withdrawn = reason ?? "",
            Line = piece.Line,
        };
    }

    private static string? FindTerm(FeedElement category) => (category.Find("term") ?? category.Find("label") ?? ElementMarkup.Text(category))?.Trim();

    /// <summary>An entry while its elements come in; of several equal ones the first wins, of dates the last.</summary>
    private sealed class Fields(XmlBase bases)
    {
        private List<RawLink>? _links;
        private List<RawPerson>? _authors;
        private List<string>? _categories, _references;
        private (string? Value, bool IsMarkup) _title;
        private string? _guid, _summary, _content, _contentAddress, _published, _issued, _created, _updated, _modified, _identifier;
        private RawPerson? _sourceAuthor;

        public void Take(FeedElement element)
        {
            switch (element.Name)
            {
                case "id": _guid ??= ElementMarkup.Text(element); break;
                case "title": if (_title.Value is null) _title = AtomText.Read(element, bases); break;
                case "link": if (FeedLinks.Read(element, bases) is { } link) (_links ??= []).Add(link); break;
                case "summary": _summary ??= AtomText.Html(element, bases); break;
                case "content": TakeContent(element); break;
                case "published" or "dc:date": _published = ElementMarkup.Text(element) ?? _published; break;
                case "issued": _issued ??= ElementMarkup.Text(element); break;
                case "created": _created ??= ElementMarkup.Text(element); break;
                case "updated": _updated = ElementMarkup.Text(element) ?? _updated; break;
                case "modified": _modified ??= ElementMarkup.Text(element); break;
                case "author": if (PersonText.Read(element, bases) is { } author) (_authors ??= []).Add(author); break;
                case "dc:creator": if (PersonText.Read(ElementMarkup.Text(element)) is { } creator) (_authors ??= []).Add(creator); break;
                case "category": if (FindTerm(element) is { } term) (_categories ??= []).Add(term); break;
                case "dc:subject": if (ElementMarkup.Text(element) is { } subject) (_categories ??= []).Add(subject.Trim()); break;
                case "source": TakeSource(element); break;
                case "dfncert:refnum" or "sec:identifier": _identifier ??= ElementMarkup.Text(element)?.Trim(); break;
                case "dfncert:cve" or "sec:references": SecurityFields.AddReferences(element, _references ??= []); break;
                case "thr:in-reply-to": if ((element.Find("href") ?? element.Find("ref")) is { } earlier) (_links ??= []).Add(new RawLink(bases.Reference(element, earlier.Trim()), "in-reply-to")); break;
                case "media:group": foreach (var inside in element.Elements) TakeMedia(inside); break;
                default: TakeMedia(element); break;
            }
        }

        public RawEntry ToEntry(int line) => new()
        {
            Guid = _guid,
            Link = FeedLinks.FindPermalink(_links ?? []) ?? _contentAddress,
            BaseAddress = bases.Reported,
            Title = _title.Value,
            TitleIsMarkup = _title.IsMarkup,
            Summary = _summary,
            Content = _content,
            Published = _published ?? _issued ?? _created,
            Updated = _updated ?? _modified,
            Authors = _authors ?? (_sourceAuthor is null ? [] : [_sourceAuthor]),
            Categories = _categories ?? [],
            Links = _links ?? [],
            Identifier = _identifier,
            References = _references ?? [],
            Line = line,
        };

        /// <summary>The feed that an aggregator copied the entry from (RFC 4287 §4.2.11).</summary>
        private void TakeSource(FeedElement source)
        {
            foreach (var element in source.Elements)
                if (element.Name == "author") _sourceAuthor ??= PersonText.Read(element, bases);
        }

        private void TakeContent(FeedElement element)
        {
            _content ??= AtomText.Html(element, bases);
            if (_contentAddress is null && element.Find("src") is { } address) _contentAddress = bases.Reference(element, address);
        }

        private void TakeMedia(FeedElement element)
        {
            if (element.Name == "media:description") _summary ??= ElementMarkup.Read(element, bases).Value;
            if (element.Name == "media:title" && _title.Value is null) _title = ElementMarkup.Read(element, bases);
        }
    }
}
