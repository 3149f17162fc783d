using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kwid.Core.Model;
using Kwid.Core.Normalising;

namespace Kwid.Cli;

/// <summary>What <c>kwid read --json</c> says: feed and entries in the words that feed formats share, HTML made harmless, dates in UTC, absent fields left out.</summary>
internal static class ReadJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object, on one line.</summary>
    public static void Write(Stream output, FeedReading reading, string? file)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        Text(json, "file", file);
        json.WriteStartObject("feed");
        Head(json, reading, reading.Read.Head);
        json.WriteEndObject();
        json.WriteStartArray("entries");
        foreach (var (raw, entry) in reading.Items) Entry(json, reading, raw, entry);
        json.WriteEndArray();
        if (reading.Read.IsCatalogue) Facts(json, reading.Read.Facts);
        Texts(json, "warnings", reading.Warnings);
        json.WriteEndObject();
    }

    /// <summary>One object that says why there is no feed.</summary>
    public static void WriteError(Stream output, string? file, string error)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        Text(json, "file", file);
        json.WriteString("error", error);
        json.WriteEndObject();
    }

    private static void Head(Utf8JsonWriter json, FeedReading reading, FeedHead head)
    {
        Text(json, "title", SafeMarkup.Of(head.Title, reading.Address)?.Trim());
        Text(json, "home", reading.Reference(head.Home, null));
        Text(json, "description", SafeMarkup.Of(head.Description, reading.Address)?.Trim());
        Text(json, "id", Id(reading, head.Id, null));
        Date(json, "updated", head.Updated);
        Date(json, "published", head.Published);
        Text(json, "language", head.Language);
        Text(json, "author", Clean(head.Authors.Select(author => author.Display).FirstOrDefault(name => name is not null)));
        People(json, reading, head.Authors, null);
        Texts(json, "categories", head.Categories.Select(category => Clean(category)!));
        Links(json, reading, head.Links, null);
        Text(json, "format", reading.Read.Format);
    }

    private static void Entry(Utf8JsonWriter json, FeedReading reading, RawEntry raw, Entry? entry)
    {
        var around = reading.BaseOf(raw.BaseAddress);
        json.WriteStartObject();
        Text(json, "id", Id(reading, raw.Guid, raw.BaseAddress));
        Text(json, "title", Title(raw, around));
        Text(json, "link", reading.Reference(raw.Link, raw.BaseAddress) ?? (raw.GuidIsPermalink ? reading.Reference(raw.Guid, raw.BaseAddress) : null));
        Text(json, "summary", SafeMarkup.Of(raw.Summary, around)?.Trim());
        Text(json, "content", SafeMarkup.Of(raw.Content, around)?.Trim());
        Date(json, "published", raw.Published);
        Date(json, "updated", raw.Updated);
        Text(json, "author", Clean(raw.Author));
        People(json, reading, raw.Authors, raw.BaseAddress);
        Texts(json, "categories", raw.Categories.Select(category => Clean(category)!));
        Enclosures(json, reading, raw);
        Links(json, reading, raw.Links, raw.BaseAddress);
        Text(json, "severity", entry?.SeverityWord);
        Text(json, "advisory", entry?.NativeId?.ToString());
        Texts(json, "cves", entry?.Cves.Select(cve => cve.ToString()) ?? []);
        json.WriteEndObject();
    }

    private static void Facts(Utf8JsonWriter json, IReadOnlyList<Fact> facts)
    {
        json.WritePropertyName("facts");
        JsonSerializer.Serialize(json, facts, ModelJson.Options);
    }

    private static string? Title(RawEntry raw, Uri? around)
    {
        var title = raw.Title?.Trim();
        return title is not null && (raw.TitleIsMarkup || title.Contains('<', StringComparison.Ordinal)) ? SafeMarkup.Of(title, around)?.Trim() : Clean(title);
    }

    /// <summary>As written, but for an Atom id that is a path: an IRI, relative only by its author's fault (RFC 4287 §4.2.6).</summary>
    private static string? Id(FeedReading reading, string? id, Uri? around)
    {
        var text = Clean(id);
        return text is ['/', ..] ? reading.Reference(text, around) : text;
    }

    private static void Enclosures(Utf8JsonWriter json, FeedReading reading, RawEntry raw)
    {
        json.WriteStartArray("enclosures");
        foreach (var link in raw.Links)
        {
            if (!link.IsEnclosure) continue;
            json.WriteStartObject();
            Text(json, "url", reading.Reference(link.Address, raw.BaseAddress));
            Text(json, "type", Clean(link.Type));
            Text(json, "length", Clean(link.Length));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Links(Utf8JsonWriter json, FeedReading reading, IReadOnlyList<RawLink> links, Uri? around)
    {
        json.WriteStartArray("links");
        foreach (var link in links)
        {
            json.WriteStartObject();
            Text(json, "href", reading.Reference(link.Address, around));
            Text(json, "rel", Clean(link.Relation));
            Text(json, "type", Clean(link.Type));
            Text(json, "title", Clean(link.Title) is { } title && title.Contains('<', StringComparison.Ordinal) ? SafeMarkup.Of(title, null) : Clean(link.Title));
            Text(json, "hreflang", Clean(link.Language));
            Text(json, "length", Clean(link.Length));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void People(Utf8JsonWriter json, FeedReading reading, IReadOnlyList<RawPerson> people, Uri? around)
    {
        json.WriteStartArray("authors");
        foreach (var person in people)
        {
            json.WriteStartObject();
            Text(json, "name", Clean(person.Name));
            Text(json, "email", Clean(person.Email));
            Text(json, "uri", reading.Reference(person.Uri, around));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    private static void Date(Utf8JsonWriter json, string name, string? written)
    {
        if (FeedDates.Find(written) is { } date) json.WriteString(name, date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    private static string? Clean(string? text) => text is null ? null : PlainText.Clean(text).Trim();
}
