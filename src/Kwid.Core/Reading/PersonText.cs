using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>Persons, with Atom's structure (RFC 4287 §3.2) or as one text: <c>mail@example.de (Name)</c>, <c>Name (mail@example.de)</c>, <c>Name &lt;mail@example.de&gt;</c>.</summary>
internal static class PersonText
{
    /// <summary>Name, mail address, page, or the text that stands there without structure; null when there is none.</summary>
    public static RawPerson? Read(FeedElement person, XmlBase bases)
    {
        if (!person.HasElements) return Read(ElementMarkup.Text(person));
        string? name = null, email = null, page = null;
        foreach (var element in person.Elements)
        {
            if (element.Name is "name" or "atom:name") name ??= ElementMarkup.Text(element)?.Trim();
            else if (element.Name is "email" or "atom:email") email ??= ElementMarkup.Text(element)?.Trim();
            else if (element.Name is "uri" or "atom:uri" or "url" or "homepage") page ??= ElementMarkup.Text(element)?.Trim();
        }

        var found = new RawPerson(name, email, page is null ? null : bases.Reference(person, page));
        return found.Display is null ? Read(ElementMarkup.Text(person)) : found;
    }

    /// <summary>Name and mail address, or all of it as the name; null when blank.</summary>
    public static RawPerson? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.Trim();
        var open = trimmed.IndexOfAny(['(', '<']);
        if (open <= 0 || trimmed[^1] is not (')' or '>')) return new RawPerson(trimmed);
        var (before, inside) = (trimmed[..open].Trim(), trimmed[(open + 1)..^1].Trim());
        if (IsMail(before) && inside.Length > 0) return new RawPerson(inside, before);
        open = trimmed.LastIndexOfAny(['(', '<']);
        (before, inside) = (trimmed[..open].Trim(), trimmed[(open + 1)..^1].Trim());
        return IsMail(inside) && before.Length > 0 ? new RawPerson(before, inside) : new RawPerson(trimmed);
    }

    private static bool IsMail(string text) => text.Contains('@', StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace);
}
