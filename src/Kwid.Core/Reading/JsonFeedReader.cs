using System.Globalization;
using System.Text;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1). Where the JSON breaks, the items before the fault are kept.</summary>
internal sealed class JsonFeedReader : IFormatReader
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <summary>What is read of the head; the rest may be as long as it likes.</summary>
    private static readonly string[] Known = ["title", "home_page_url", "feed_url", "description", "language", "authors", "author"];

    /// <summary>Most elements read of one list: authors, tags, attachments.</summary>
    private const int MostOfList = 100;

    /// <inheritdoc/>
    public bool Reads(SniffedBody body) => body.Root == FormatSniffer.JsonFeed;

    /// <inheritdoc/>
    public ReadDocument Read(SniffedBody body, Uri address)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(JsonText.WithoutHalfCharacters(body.Text.AsSpan(body.Start).ToString())), Lenient);
        var head = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        List<RawEntry> entries = [];
        List<string> faults = [];
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (name == "items" && reader.TokenType != JsonTokenType.StartArray) faults.Add("\"items\" is no list, so there is no entry.");
                if (name == "items" && reader.TokenType == JsonTokenType.StartArray) ReadItems(ref reader, address, entries, faults);
                else if (Known.Contains(name)) head.TryAdd(name, JsonElement.ParseValue(ref reader));
                else reader.Skip();
                if (entries.Count == XmlFeedWalk.MostEntries) break;
            }
        }
        catch (JsonException fault)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"line {body.Line + (fault.LineNumber ?? 0)}: the JSON breaks off or is not well-formed. What follows was left out."));
        }

        // An item without authors of its own has the feed's (version 1.1).
        var authors = Authors(head);
        return new ReadDocument("JSON Feed", Head(head, authors), [.. entries.Select(entry => entry.Authors.Count > 0 ? entry : entry with { Authors = authors })], faults);
    }

    private static FeedHead Head(Dictionary<string, JsonElement> head, IReadOnlyList<RawPerson> authors) => new()
    {
        Title = Text(head, "title"),
        Home = Text(head, "home_page_url"),
        Description = Text(head, "description") is { } description ? ElementMarkup.Escape(description) : null,
        Language = Text(head, "language"),
        Authors = authors,
        Links = [.. new[] { Link(head, "home_page_url", "alternate"), Link(head, "feed_url", "self") }.OfType<RawLink>()],
    };

    private static void ReadItems(ref Utf8JsonReader reader, Uri address, List<RawEntry> entries, List<string> faults)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = JsonElement.ParseValue(ref reader);
            if (entries.Count == XmlFeedWalk.MostEntries)
            {
                faults.Add($"{XmlFeedWalk.MostEntries} entries are too many; the rest of the document was left out.");
                return;
            }

            if (item.ValueKind != JsonValueKind.Object)
            {
                if (faults.Count == 0) faults.Add($"\"items\" holds {item.ValueKind.ToString().ToUpperInvariant()} where an object belongs; it was left out.");
                continue;
            }

            var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            try
            {
                foreach (var field in item.EnumerateObject()) fields.TryAdd(field.Name, field.Value);
                entries.Add(ReadItem(fields, address));
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // A fault of ours costs that item, nothing else.
                faults.Add($"Kwid failed on an item ({fault.GetType().Name}: {fault.Message}); it was left out, please report it.");
            }
        }
    }

    private static RawEntry ReadItem(Dictionary<string, JsonElement> item, Uri address)
    {
        var text = Text(item, "content_text");
        return new RawEntry
        {
            Guid = Text(item, "id"),
            Link = Text(item, "url") ?? Text(item, "external_url"),
            BaseAddress = address,
            Title = Text(item, "title"),
            Summary = Text(item, "summary") is { } summary ? ElementMarkup.Escape(summary) : null,
            Content = Text(item, "content_html") ?? (text is null ? null : ElementMarkup.Escape(text)),
            Published = Text(item, "date_published"),
            Updated = Text(item, "date_modified"),
            Authors = Authors(item),
            Categories = [.. List(item, "tags").Select(Text).OfType<string>()],
            Links = [.. new[] { Link(item, "url", "alternate"), Link(item, "external_url", "related") }.OfType<RawLink>(), .. List(item, "attachments").Select(Attachment).OfType<RawLink>()],
        };
    }

    private static RawLink? Link(Dictionary<string, JsonElement> fields, string name, string relation) =>
        Text(fields, name) is { } address ? new RawLink(address, relation) : null;

    private static RawLink? Attachment(JsonElement attachment) => Field(attachment, "url") is not { } address ? null : new RawLink(address, "enclosure")
    {
        Type = Field(attachment, "mime_type"),
        Title = Field(attachment, "title"),
        Length = Field(attachment, "size_in_bytes"),
    };

    /// <summary>Version 1.1 has a list of authors, 1.0 had one.</summary>
    private static IReadOnlyList<RawPerson> Authors(Dictionary<string, JsonElement> fields) =>
        [.. List(fields, "authors").Concat(fields.TryGetValue("author", out var one) ? [one] : [])
            .Select(author => new RawPerson(Field(author, "name"), null, Field(author, "url"))).Where(author => author.Display is not null)];

    private static List<JsonElement> List(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Take(MostOfList)] : [];

    private static string? Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? Text(field) : null;

    private static string? Text(Dictionary<string, JsonElement> fields, string name) => fields.TryGetValue(name, out var field) ? Text(field) : null;

    /// <summary>A text, or a number written as one (some feeds count their ids); null for anything else and for blank.</summary>
    private static string? Text(JsonElement field) => field.ValueKind switch
    {
        JsonValueKind.String when !string.IsNullOrWhiteSpace(field.GetString()) => field.GetString(),
        JsonValueKind.Number => field.GetRawText(),
        _ => null,
    };
}
