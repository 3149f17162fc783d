using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>Reads one of our own notices: a head between two lines <c>---</c> (YAML), and a text (Markdown).</summary>
public static class NoticeReader
{
    /// <summary>Longest head, in characters.</summary>
    private const int LongestHead = 16 * 1024;

    private const string Fence = "---";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file; what is wrong with it stands in the mistakes.</summary>
    public static RawNotice Read(FetchedDocument document)
    {
        var name = Path.GetFileNameWithoutExtension(document.Address.LocalPath);
        if (document.Body.Length > RawNotice.MaxBytes) return Unreadable(name, $"{document.Body.Length} bytes", $"shorten it to at most {RawNotice.MaxBytes}");
        string text;
        try
        {
            text = Utf8.GetString(document.Body.Span).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException)
        {
            return Unreadable(name, "bytes that are no UTF-8", "save it with the encoding UTF-8");
        }

        return text.StartsWith(Fence + "\n", StringComparison.Ordinal) && EndOfHead(text) is { } end
            ? Read(name, text[(Fence.Length + 1)..end], text[end..])
            : Unreadable(name, "no head", $"begin it with a line '{Fence}', then title, status and tlp, then another line '{Fence}', then the text");
    }

    private static RawNotice Read(string name, string head, string rest)
    {
        if (head.Length > LongestHead) return Unreadable(name, $"a head of {head.Length} characters", $"shorten it to at most {LongestHead}; the text belongs below it");
        var (fields, mistakes) = NoticeHead.Read(head);
        return NoticeText.FindHtml(rest[Fence.Length..]) is { } html
            ? new RawNotice(name, fields, html, mistakes)
            : new RawNotice(name, fields, "", [.. mistakes, new NoticeMistake(1, 1, "$", "a text whose lists and quotations nest too deeply", "write it more simply")]);
    }

    /// <summary>Where the line begins that ends the head; null when none does.</summary>
    private static int? EndOfHead(string text)
    {
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            var line = text.AsSpan(at + 1);
            var length = line.IndexOf('\n');
            if ((length < 0 ? line : line[..length]).TrimEnd().SequenceEqual(Fence)) return at + 1;
        }

        return null;
    }

    private static RawNotice Unreadable(string name, string found, string cure) => new(name, [], "", [new NoticeMistake(1, 1, "$", found, cure)]);
}
