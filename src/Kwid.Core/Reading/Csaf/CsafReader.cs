using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Kwid.Core.Model;

namespace Kwid.Core.Reading.Csaf;

/// <summary>One CSAF document, 2.0 or 2.1 (OASIS), as one entry. A damaged part costs that part; JSON that breaks off costs all: what it leaves out may be the label.</summary>
internal sealed class CsafReader : IFormatReader
{
    /// <summary>Branches of the product tree may nest 30 deep (CSAF 2.1 §3.1.2), each costs two levels.</summary>
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256 };

    /// <inheritdoc/>
    public bool Reads(SniffedBody body) => body.Root == FormatSniffer.Csaf;

    /// <inheritdoc/>
    public ReadDocument Read(SniffedBody body, Uri address)
    {
        try
        {
            return Read(Encoding.UTF8.GetBytes(JsonText.WithoutHalfCharacters(body.Text.AsSpan(body.Start).ToString())), body.Line, address);
        }
        catch (JsonException fault)
        {
            return Broken(string.Create(CultureInfo.InvariantCulture, $"line {body.Line + (fault.LineNumber ?? 0)}: the JSON breaks off or is not well-formed"));
        }
    }

    /// <summary>The short way, without making text of the bytes and bytes of the text: for whole UTF-8 without half characters. Null: another way must be gone.</summary>
    public static ReadDocument? ReadBytes(ReadOnlyMemory<byte> body, Uri address)
    {
        var start = body.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        var json = body[start..];
        if (!IsCsaf(json.Span) || !Utf8.IsValid(json.Span)) return null;
        try
        {
            return Read(json, 1, address);
        }
        catch (JsonException)
        {
            return null;   // the long way says where it breaks
        }
    }

    private static bool IsCsaf(ReadOnlySpan<byte> json) =>
        json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && json.IndexOf("\"csaf_version\""u8) >= 0
        && json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0 && json.IndexOf("jsonfeed.org/version"u8) < 0;

    private static ReadDocument Read(ReadOnlyMemory<byte> body, int line, Uri address)
    {
        using var json = JsonDocument.Parse(body, Lenient);
        var fields = new CsafFields();
        if (fields.Find(json.RootElement, "document"u8) is not { } document) return Broken("it has no \"document\"");
        var entry = new CsafEntry(fields, document, json.RootElement, address).Read() with { Line = line };
        var head = new FeedHead { Title = entry.Title, Id = entry.Guid, Language = fields.Text(document, "lang"u8), Updated = entry.Updated };
        return new ReadDocument($"CSAF {fields.Text(document, "csaf_version"u8) ?? "?"}", head, [entry], fields.Faults);
    }

    private static ReadDocument Broken(string fault) => new("CSAF", new FeedHead(), [], [fault]);
}
