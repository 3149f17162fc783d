using System.Xml.Linq;
using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>Atom 1.0 (RFC 4287) and 0.3; a feed without a namespace is read as one too.</summary>
internal sealed class AtomReader : IFormatReader
{
    /// <inheritdoc/>
    public bool Reads(SniffedBody body) => body.Root is "atom:feed" or "feed";

    /// <inheritdoc/>
    public ReadDocument Read(SniffedBody body, Uri address)
    {
        using var walk = new XmlFeedWalk(body, address);
        var head = new FeedHead();
        List<RawEntry> entries = [];
        while (walk.FindNext() is { } piece)
        {
            if (piece.IsEntry) entries.Add(ReadEntry(piece, head.Author));
            else head = TakeHead(head, piece);
            head = head with { Language = head.Language ?? piece.Language };
        }

        head = head with { Language = FeedLanguage.Of(head.Language, walk.RootAttributes) };
        return new ReadDocument(walk.RootAttributes.GetValueOrDefault("version") == "0.3" ? "Atom 0.3" : "Atom 1.0", head, entries, walk.Faults);
    }

    /// <summary>The head with one more element; the first of several equal ones wins.</summary>
    private static FeedHead TakeHead(FeedHead head, FeedPiece piece)
    {
        var bases = new XmlBase(piece.Base, piece.Base);
        var text = ElementMarkup.Text(piece.Element)?.Trim();
        return Local(piece.Name) switch
        {
            "title" => head with { Title = head.Title ?? FirstHtml([piece.Element], bases)?.Trim() },
            "subtitle" or "tagline" => head with { Description = head.Description ?? FirstHtml([piece.Element], bases) },
            "link" when AtomLink.Read(piece.Element, bases) is { Relation: "alternate" } link => head with { Home = head.Home ?? link.Address },
            "id" => head with { Id = head.Id ?? text },
            "updated" or "modified" => head with { Updated = head.Updated ?? text },
            "published" or "issued" => head with { Published = head.Published ?? text },
            "author" => head with { Author = head.Author ?? PersonName(piece.Element) },
            _ => head,
        };
    }

    private static RawEntry ReadEntry(FeedPiece piece, string? feedAuthor)
    {
        var parts = piece.Element.Elements().ToLookup(element => Local(Vocabulary.Name(element)), StringComparer.Ordinal);
        var bases = XmlBase.OfEntry(piece.Element, piece.Base, parts["content"].FirstOrDefault() ?? parts["summary"].FirstOrDefault());
        var (title, titleIsMarkup) = FirstText(parts["title"], bases);
        var links = parts["link"].Select(element => AtomLink.Read(element, bases)).OfType<AtomLink>().ToList();
        var source = parts["content"].Select(element => Vocabulary.FindAttribute(element, "src") is { } src ? bases.Reference(element, src) : null).FirstOrDefault();
        return new RawEntry
        {
            Guid = First(parts["id"]),
            Link = AtomLink.FindPermalink(links) ?? source,
            BaseAddress = bases.Reported,
            Title = title,
            TitleIsMarkup = titleIsMarkup,
            Summary = FirstHtml(parts["summary"], bases),
            Content = FirstHtml(parts["content"], bases),
            Published = First(parts["published"]) ?? First(parts["issued"]) ?? First(parts["created"]),
            Updated = First(parts["updated"]) ?? First(parts["modified"]),
            Author = parts["author"].Select(PersonName).FirstOrDefault(name => name is not null) ?? SourceAuthor(parts["source"]) ?? feedAuthor,
            Categories = [.. parts["category"].Select(FindTerm).OfType<string>()],
            FurtherLinks = [.. links.Where(link => link.IsFurther).Select(link => link.Address)],
            Enclosures = [.. links.Where(link => link.Relation == "enclosure").Select(link => new Enclosure(link.Address, link.Type, link.Length))],
            Line = piece.Line,
        };
    }

    private static string? First(IEnumerable<XElement> elements) => elements.Select(ElementMarkup.Text).FirstOrDefault(text => text is not null);

    private static (string? Value, bool IsMarkup) FirstText(IEnumerable<XElement> elements, XmlBase bases) =>
        elements.Select(element => AtomText.Read(element, bases)).FirstOrDefault(text => text.Value is not null);

    private static string? FirstHtml(IEnumerable<XElement> elements, XmlBase bases) =>
        FirstText(elements, bases) is (var value, var markup) && value is not null ? markup ? value : ElementMarkup.Escape(value) : null;

    private static string? FindTerm(XElement category) =>
        (Vocabulary.FindAttribute(category, "term") ?? Vocabulary.FindAttribute(category, "label") ?? ElementMarkup.Text(category))?.Trim();

    private static string? SourceAuthor(IEnumerable<XElement> sources) =>
        sources.Elements().Where(element => Local(Vocabulary.Name(element)) == "author").Select(PersonName).FirstOrDefault(name => name is not null);

    /// <summary>The person's name, else mail address or page (RFC 4287 §3.2), else the text that stands there without structure.</summary>
    private static string? PersonName(XElement person)
    {
        if (!person.HasElements) return ElementMarkup.Text(person)?.Trim();
        var parts = person.Elements().ToLookup(element => Local(Vocabulary.Name(element)), StringComparer.Ordinal);
        return (First(parts["name"]) ?? First(parts["email"]) ?? First(parts["uri"]) ?? First(parts["url"]))?.Trim();
    }

    /// <summary>The name with or without Atom's namespace: both mean Atom here.</summary>
    private static string Local(string name) => name.StartsWith("atom:", StringComparison.Ordinal) ? name[5..] : name;
}
