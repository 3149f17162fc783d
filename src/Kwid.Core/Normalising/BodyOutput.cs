using System.Text;

namespace Kwid.Core.Normalising;

/// <summary>What a <see cref="BodyWriter"/> has written: markup with text escaped, and the same as lines of text.</summary>
internal sealed class BodyOutput(int expected)
{
    private readonly StringBuilder _html = new(expected + (expected / 4) + 16);
    private readonly StringBuilder _text = new(expected + 16);
    private bool _isPlain = true;

    /// <summary>Whether there is no text.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>Length of the markup so far, in characters.</summary>
    public int Length => _html.Length;

    /// <summary>A blank, where it would neither begin a line nor follow another.</summary>
    public void AddTextBlank()
    {
        if (_text.Length > 0 && _text[^1] is not ('\n' or ' ')) _text.Append(' ');
    }

    /// <summary>Ends the line of text, if it has one.</summary>
    public void EndTextLine()
    {
        while (_text.Length > 0 && _text[^1] == ' ') _text.Length--;
        if (_text.Length > 0 && _text[^1] != '\n') _text.Append('\n');
    }

    /// <summary>A blank of the markup only.</summary>
    public void AddHtmlBlank() => _html.Append(' ');

    public void Open(string element) => _html.Append('<').Append(element).Append('>');

    public void OpenLink(string address)
    {
        _isPlain &= PlainText.IsPlain(address);
        _html.Append("<a href=\"");
        Escape(address);
        _html.Append("\">");
    }

    public void Close(string element) => _html.Append("</").Append(element).Append('>');

    /// <summary>Words, clean but not escaped.</summary>
    /// <param name="words">One blank between two.</param>
    /// <param name="isPlain">Whether it is known that normalising changes nothing.</param>
    public void Add(ReadOnlySpan<char> words, bool isPlain)
    {
        _isPlain &= isPlain;
        Escape(words);
        _text.Append(words);
    }

    public SanitisedBody Finish()
    {
        if (IsEmpty) return SanitisedBody.Empty;
        while (_text.Length > 0 && _text[^1] is '\n' or ' ') _text.Length--;
        var (html, text) = (_html.ToString(), _text.ToString());
        return _isPlain ? new SanitisedBody(html, text) : new SanitisedBody(html.Normalize(), text.TrimEnd().Normalize());
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny("&<>\""); at >= 0; at = text.IndexOfAny("&<>\""))
        {
            _html.Append(text[..at]).Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => "&quot;" });
            text = text[(at + 1)..];
        }

        _html.Append(text);
    }
}
