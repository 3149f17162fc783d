using System.Text;
using AngleSharp.Dom;

namespace Kwid.Core.Normalising;

/// <summary>
/// Writes a body anew in the markup that every reader shows: p, ul, ol, li, table, tr, th, td, h3, h4, dl, dt, dd, strong, code, a[href].
/// Text that stands loose becomes paragraphs, other blocks end one, elements without text vanish; the result is well-formed XML.
/// </summary>
internal sealed class BodyWriter(Uri address)
{
    /// <summary>Blocks deeper than this are written as text of the block around them.</summary>
    private const int MostBlocks = 24;

    private static readonly Dictionary<string, string> Blocks = new(StringComparer.Ordinal)
    {
        ["p"] = "p",
        ["ul"] = "ul",
        ["ol"] = "ol",
        ["li"] = "li",
        ["table"] = "table",
        ["tr"] = "tr",
        ["th"] = "th",
        ["td"] = "td",
        ["dl"] = "dl",
        ["dt"] = "dt",
        ["dd"] = "dd",
        ["h1"] = "h3",
        ["h2"] = "h3",
        ["h3"] = "h3",
        ["h4"] = "h4",
        ["h5"] = "h4",
        ["h6"] = "h4",
    };

    private static readonly Dictionary<string, string> Inlines = new(StringComparer.Ordinal)
    {
        ["a"] = "a",
        ["strong"] = "strong",
        ["b"] = "strong",
        ["code"] = "code",
        ["kbd"] = "code",
        ["samp"] = "code",
        ["tt"] = "code",
        ["pre"] = "code",
    };

    /// <summary>Elements that end a line of text but are not written.</summary>
    private static readonly HashSet<string> Breaks = new(StringComparer.Ordinal)
    {
        "address", "article", "aside", "blockquote", "br", "caption", "center", "details", "div", "figcaption", "figure", "footer", "header", "hr",
        "main", "nav", "pre", "section", "summary", "tbody", "tfoot", "thead",
    };

    private readonly StringBuilder _html = new();
    private readonly StringBuilder _text = new();
    private readonly List<Block> _blocks = [];
    private readonly List<Inline> _wanted = [];
    private readonly List<Inline> _open = [];
    private bool _blank;
    private int _pre;

    /// <summary>Every element name that means something here.</summary>
    public static IEnumerable<string> Understood => [.. Blocks.Keys, .. Inlines.Keys, .. Breaks];

    /// <summary>An element begins.</summary>
    public void Enter(IElement element)
    {
        var name = element.LocalName;
        if (name == "pre") _pre++;
        if (Breaks.Contains(name)) EndLine();
        if (Blocks.TryGetValue(name, out var block)) EnterBlock(block, element);
        if (Inlines.TryGetValue(name, out var inline)) EnterInline(inline, element);
    }

    /// <summary>An element ends.</summary>
    public void Leave(IElement element)
    {
        var name = element.LocalName;
        if (name == "pre") _pre--;
        _wanted.RemoveAll(inline => inline.Element == element);
        if (Breaks.Contains(name)) EndLine();
        var at = _blocks.FindLastIndex(block => block.Element == element);
        while (at >= 0 && _blocks.Count > at) CloseBlock();
    }

    /// <summary>Text; runs of white space count as one blank, but for lines of preformatted text.</summary>
    public void AddText(string text)
    {
        if (_pre == 0)
        {
            AddWords(text);
            return;
        }

        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0) EndLine();
            AddWords(lines[i]);
        }
    }

    /// <summary>Text without any markup: blank lines part paragraphs.</summary>
    public void AddPlainText(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (string.IsNullOrWhiteSpace(line)) EndLine();
            else AddWords($"{line} ");
        }
    }

    /// <summary>Says that the source wrote more than is kept.</summary>
    public void AddCut()
    {
        while (_blocks.Count > 0) CloseBlock();
        _wanted.Clear();
        AddWords("[…]");
    }

    /// <summary>What was written.</summary>
    public SanitisedBody Finish()
    {
        CloseInlines(0);
        while (_blocks.Count > 0) CloseBlock();
        return _text.Length == 0 ? SanitisedBody.Empty : new SanitisedBody(_html.ToString().Normalize(), _text.ToString().TrimEnd().Normalize());
    }

    private void AddWords(string text)
    {
        var folded = PlainText.Fold(text);
        _blank |= text.Length > 0 && (folded.Length == 0 || char.IsWhiteSpace(text[0]));
        if (folded.Length == 0) return;
        var words = folded.AsSpan();
        while (words.Length > 0 && (IsCombining(words[0]) || words[0] == ' ')) words = words[1..];   // it would join our '>' in NFC
        if (words.IsEmpty) return;
        OpenForText();
        Escape(words);
        _text.Append(words);
        _blank = char.IsWhiteSpace(text[^1]);
    }

    /// <summary>Writes the start tags that were held back, and a blank where one is due.</summary>
    private void OpenForText()
    {
        while (_blocks.Count == 0 || Implied(_blocks[^1].Name) is not null)
            _blocks.Add(new Block(_blocks.Count == 0 ? "p" : Implied(_blocks[^1].Name)!, null));
        WriteBlocks();
        var same = 0;
        while (same < _open.Count && same < _wanted.Count && _open[same] == _wanted[same]) same++;
        CloseInlines(same);
        if (_blank && !_blocks[^1].IsFresh) _html.Append(' ');
        if (_blank && _text.Length > 0 && _text[^1] is not ('\n' or ' ')) _text.Append(' ');
        _blank = false;
        _blocks[^1].IsFresh = false;
        foreach (var inline in _wanted.Skip(same))
        {
            _html.Append('<').Append(inline.Name);
            if (inline.Address is { } target)
            {
                _html.Append(" href=\"");
                Escape(target);
                _html.Append('"');
            }

            _html.Append('>');
            _open.Add(inline);
        }
    }

    private void WriteBlocks()
    {
        if (_blocks is [.., { IsWritten: true }]) return;
        CloseInlines(0);
        foreach (var block in _blocks.Where(block => !block.IsWritten))
        {
            if (block.Name is "td" or "th")
            {
                if (_text.Length > 0 && _text[^1] is not ('\n' or ' ')) _text.Append(' ');
            }
            else
            {
                EndTextLine();
            }

            _html.Append('<').Append(block.Name).Append('>');
            block.IsWritten = true;
        }
    }

    private void EnterBlock(string name, IElement element)
    {
        if (_blocks.Count >= MostBlocks || !Fits(name))
        {
            EndLine();
            return;
        }

        EndLine();
        while (_blocks is [.., { Element: null } or { Name: "p" or "h3" or "h4" or "dt" }]) CloseBlock();
        while (_blocks is [.., { Name: var around }] && !IsParent(around, name) && Implied(around) is { } between) _blocks.Add(new Block(between, null));
        _blocks.Add(new Block(name, element));
        if (name is "td" or "th") WriteBlocks();   // an empty cell keeps its column
    }

    /// <summary>Whether an element may stand here; lists and tables lost their parts' parents in many sources.</summary>
    private bool Fits(string name)
    {
        var parent = _blocks.FindLast(block => block.Element is not null && block.Name is not ("p" or "h3" or "h4"))?.Name ?? "";
        return name switch
        {
            "li" => parent is "ul" or "ol",
            "tr" => parent is "table",
            "td" or "th" => parent is "tr",
            "dt" or "dd" => parent is "dl",
            _ => true,
        };
    }

    private static bool IsParent(string parent, string child) => parent switch
    {
        "ul" or "ol" => child == "li",
        "dl" => child is "dt" or "dd",
        "table" => child == "tr",
        "tr" => child is "td" or "th",
        _ => true,
    };

    /// <summary>What must stand between such an element and text.</summary>
    private static string? Implied(string parent) => parent switch
    {
        "ul" or "ol" => "li",
        "dl" => "dd",
        "table" => "tr",
        "tr" => "td",
        _ => null,
    };

    private void EnterInline(string name, IElement element)
    {
        var target = name == "a" ? Links.FindForBody(element.GetAttribute("href"), address)?.AbsoluteUri : null;
        if ((name == "a" && target is null) || _wanted.Exists(inline => inline.Name == name)) return;
        _wanted.Add(new Inline(name, target, element));
    }

    /// <summary>A line of text ends: a paragraph of its own ends with it, elsewhere a blank remains.</summary>
    private void EndLine()
    {
        if (_blocks is [.., { Name: "p" }]) CloseBlock();
        _blank = true;
    }

    private void EndTextLine()
    {
        while (_text.Length > 0 && _text[^1] == ' ') _text.Length--;
        if (_text.Length > 0 && _text[^1] != '\n') _text.Append('\n');
    }

    private void CloseBlock()
    {
        CloseInlines(0);
        var block = _blocks[^1];
        _blocks.RemoveAt(_blocks.Count - 1);
        if (!block.IsWritten) return;
        _html.Append("</").Append(block.Name).Append('>');
        if (block.Name is not ("td" or "th")) EndTextLine();
        _blank = true;
        if (_blocks.Count > 0) _blocks[^1].IsFresh = false;
    }

    private void CloseInlines(int keep)
    {
        for (var i = _open.Count - 1; i >= keep; i--) _html.Append("</").Append(_open[i].Name).Append('>');
        _open.RemoveRange(keep, _open.Count - keep);
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => _html.Append("&amp;"),
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '"' => _html.Append("&quot;"),
                _ => _html.Append(c),
            };
        }
    }

    private static bool IsCombining(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;

    /// <summary>A block that began; its start tag is written with its first text, so that empty ones vanish.</summary>
    private sealed class Block(string name, IElement? element)
    {
        public string Name { get; } = name;
        public IElement? Element { get; } = element;
        public bool IsWritten { get; set; }
        public bool IsFresh { get; set; } = true;
    }

    private sealed record Inline(string Name, string? Address, IElement Element);
}
