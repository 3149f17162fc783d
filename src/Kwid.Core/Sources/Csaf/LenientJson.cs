using System.Text.Json;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Reads JSON of providers without insisting on types: what is not as it should be is not there.</summary>
internal static class LenientJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The document, a byte order mark before it skipped; null when it is no JSON.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member; an undefined element where there is none.</summary>
    public static JsonElement Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A member's text, trimmed; null where there is none.</summary>
    public static string? Text(this JsonElement element, string name)
    {
        try
        {
            return element.Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString()!.Trim() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)        // half a surrogate pair
        {
            return null;
        }
    }

    /// <summary>The items of a member; none where it is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
