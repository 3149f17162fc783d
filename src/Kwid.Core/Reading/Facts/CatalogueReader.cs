using System.Globalization;
using System.Text;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Reading.Facts;

/// <summary>
/// Catalogues in JSON: CISA KEV, EU-KEV, the lists of ENISA's EUVD, and others that look like them: a list of items, or an object by CVE id, however deep it
/// lies. Where the JSON breaks, the items before the fault are kept.
/// </summary>
internal sealed class CatalogueReader : IFormatReader
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <inheritdoc/>
    public bool Reads(SniffedBody body) => body.Root == FormatSniffer.Catalogue && body.Text[body.Start] is '{' or '[';

    /// <inheritdoc/>
    public ReadDocument Read(SniffedBody body, Uri address)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(JsonText.WithoutHalfCharacters(body.Text.AsSpan(body.Start).ToString())), Lenient);
        var facts = new CatalogueFacts();
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            Walk(ref reader, facts, head);
        }
        catch (JsonException fault)
        {
            facts.Fault(string.Create(CultureInfo.InvariantCulture, $"line {body.Line + (fault.LineNumber ?? 0)}: the JSON breaks off or is not well-formed. What follows was left out."));
        }

        return facts.Build(head.GetValueOrDefault("title"), head.GetValueOrDefault("dateReleased"));
    }

    private static void Walk(ref Utf8JsonReader reader, CatalogueFacts facts, Dictionary<string, string> head)
    {
        string? name = null;
        while (!facts.IsFull && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
                continue;
            }

            // An object in a list is an item; so is whatever stands by a CVE id. Other objects only lead to them.
            if (name is not null && CveId.IsValid(name)) facts.Add(Fields(JsonElement.ParseValue(ref reader), name));
            else if (name is null && reader is { TokenType: JsonTokenType.StartObject, CurrentDepth: > 0 }) facts.Add(Fields(JsonElement.ParseValue(ref reader), null));
            else if (name is not null && reader is { TokenType: JsonTokenType.String, CurrentDepth: 1 }) head.TryAdd(name, reader.GetString()!);
            name = null;
        }
    }

    private static Dictionary<string, string> Fields(JsonElement item, string? cve)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (cve is not null) fields["CVEID"] = cve;
        if (item.ValueKind == JsonValueKind.String && cve is not null) fields["DATE"] = item.GetString()!;
        if (item.ValueKind != JsonValueKind.Object) return fields;
        foreach (var field in item.EnumerateObject()) fields.TryAdd(CatalogueItem.NameOf(field.Name), Text(field.Value));
        return fields;
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString())),
        _ => "",
    };
}
