using System.Text.Json;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Looks whether a body can be a document at all, without reading it: a page of a server under maintenance or half a file must be asked again.</summary>
internal static class DocumentProbe
{
    /// <summary>As forgiving as Reading, so that nothing is kept from it that it can read.</summary>
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256 };

    /// <summary>Whether it is one JSON object, to its end, with a <c>document</c>; UTF-16 is left to Reading.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> body)
    {
        if (body is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return true;
        try
        {
            return HasDocument(new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body, Lenient));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool HasDocument(Utf8JsonReader json)
    {
        var isThere = false;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read())
            if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1) isThere |= json.ValueSpan.SequenceEqual("document"u8);
        return isThere;
    }
}
