namespace Kwid.Core.Normalising;

/// <summary>
/// Writes a body anew in the markup that every reader shows: p, ul, ol, li, table, tr, th, td, h3, h4, dl, dt, dd, strong, code, a[href].
/// Text that stands loose becomes paragraphs, other blocks end one, elements without text vanish; the result is well-formed XML.
/// </summary>
/// <param name="address">What addresses are relative to.</param>
/// <param name="expected">About how long it will be, in characters.</param>
internal sealed class BodyWriter(Uri address, int expected)
{
    /// <summary>Blocks deeper than this are written as text of the block around them.</summary>
    private const int MostBlocks = 24;

    /// <summary>From this length on, in characters, no more links are written: one that holds many blocks is repeated in each.</summary>
    private const int MostOutput = 3 * HtmlSanitiser.MostCharacters;

    private readonly BodyOutput _output = new(expected);
    private readonly List<Block> _blocks = [];
    private readonly List<Inline> _wanted = [];
    private readonly List<Inline> _open = [];
    private bool _blank;
    private int _pre;
    private int _level;

    /// <summary>An element begins.</summary>
    /// <param name="element">Its name in lower case.</param>
    /// <param name="target">Where it leads, as written; null when it does not.</param>
    public void Enter(string element, string? target)
    {
        _level++;
        if (element == "pre") _pre++;
        if (BodyElements.IsBreak(element)) EndLine();
        if (BodyElements.BlockOf(element) is { } block) EnterBlock(block);
        if (BodyElements.InlineOf(element) is { } inline) EnterInline(inline, target);
    }

    /// <summary>The element that began last and has not ended ends.</summary>
    public void Leave(string element)
    {
        if (element == "pre") _pre--;
        if (_wanted is [.., var last] && last.Level == _level) _wanted.RemoveAt(_wanted.Count - 1);
        if (BodyElements.IsBreak(element)) EndLine();
        var at = _blocks.Count - 1;
        while (at >= 0 && _blocks[at].Level != _level) at--;
        while (at >= 0 && _blocks.Count > at) CloseBlock();
        _level--;
    }

    /// <summary>Text; runs of white space count as one blank, but for lines of preformatted text.</summary>
    public void AddText(ReadOnlySpan<char> text)
    {
        if (_pre == 0)
        {
            AddWords(text);
            return;
        }

        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n'))
        {
            AddWords(text[..end]);
            EndLine();
            text = text[(end + 1)..];
        }

        AddWords(text);
    }

    /// <summary>Text without any markup: blank lines part paragraphs.</summary>
    public void AddPlainText(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                EndLine();
                continue;
            }

            AddWords(line);
            _blank = true;
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
        return _output.Finish();
    }

    private void AddWords(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        var words = text.Trim();
        var isPlain = PlainText.IsFolded(words);
        if (!isPlain) words = PlainText.Fold(text.ToString());
        _blank |= words.IsEmpty || char.IsWhiteSpace(text[0]);
        words = PlainText.WithoutLeadingMarks(words);   // they would join our '>' in NFC
        while (words is [' ', ..]) words = PlainText.WithoutLeadingMarks(words[1..]);
        if (words.IsEmpty) return;
        OpenForText();
        _output.Add(words, isPlain);
        _blank = char.IsWhiteSpace(text[^1]);
    }

    /// <summary>Writes the start tags that were held back, and a blank where one is due.</summary>
    private void OpenForText()
    {
        while (_blocks.Count == 0 || BodyElements.Implied(_blocks[^1].Name) is not null)
            _blocks.Add(new Block(_blocks.Count == 0 ? "p" : BodyElements.Implied(_blocks[^1].Name)!, 0));
        WriteBlocks();
        var same = 0;
        while (same < _open.Count && same < _wanted.Count && _open[same] == _wanted[same]) same++;
        CloseInlines(same);
        if (_blank && !_blocks[^1].IsFresh) _output.AddHtmlBlank();
        if (_blank) _output.AddTextBlank();
        _blank = false;
        _blocks[^1].IsFresh = false;
        if (_output.Length > MostOutput) _wanted.RemoveRange(same, _wanted.Count - same);
        for (var i = same; i < _wanted.Count; i++)
        {
            if (_wanted[i].Address is { } target) _output.OpenLink(target);
            else _output.Open(_wanted[i].Name);
            _open.Add(_wanted[i]);
        }
    }

    private void WriteBlocks()
    {
        if (_blocks is [.., { IsWritten: true }]) return;
        CloseInlines(0);
        foreach (var block in _blocks)
        {
            if (block.IsWritten) continue;
            if (block.IsCell) _output.AddTextBlank();
            else _output.EndTextLine();
            _output.Open(block.Name);
            block.IsWritten = true;
        }
    }

    private void EnterBlock(string name)
    {
        var isWanted = _blocks.Count < MostBlocks && Fits(name);
        EndLine();
        if (!isWanted) return;
        while (_blocks is [.., { Level: 0 } or { Name: "p" or "h3" or "h4" or "dt" }]) CloseBlock();
        while (_blocks is [.., { Name: var around }] && !BodyElements.IsParent(around, name) && BodyElements.Implied(around) is { } between) _blocks.Add(new Block(between, 0));
        _blocks.Add(new Block(name, _level));
        if (name is "td" or "th") WriteBlocks();   // an empty cell keeps its column
    }

    /// <summary>Whether an element may stand here; lists and tables lost their parts' parents in many sources.</summary>
    private bool Fits(string name)
    {
        if (name is not ("li" or "tr" or "td" or "th" or "dt" or "dd")) return true;
        var at = _blocks.Count - 1;
        while (at >= 0 && (_blocks[at].Level == 0 || _blocks[at].Name is "p" or "h3" or "h4")) at--;
        return at >= 0 && BodyElements.Implied(_blocks[at].Name) is not null && BodyElements.IsParent(_blocks[at].Name, name);
    }

    private void EnterInline(string name, string? written)
    {
        foreach (var inline in _wanted)
            if (inline.Name == name) return;
        var target = name == "a" ? Links.FindAddressForBody(written, address) : null;
        if (name != "a" || target is not null) _wanted.Add(new Inline(name, target, _level));
    }

    /// <summary>A line of text ends: a paragraph of its own ends with it, elsewhere a blank remains.</summary>
    private void EndLine()
    {
        if (_blocks is [.., { Name: "p" }]) CloseBlock();
        _blank = true;
    }

    private void CloseBlock()
    {
        CloseInlines(0);
        var block = _blocks[^1];
        _blocks.RemoveAt(_blocks.Count - 1);
        if (!block.IsWritten) return;
        _output.Close(block.Name);
        if (!block.IsCell) _output.EndTextLine();
        _blank = true;
        if (_blocks.Count > 0) _blocks[^1].IsFresh = false;
    }

    private void CloseInlines(int keep)
    {
        for (var i = _open.Count - 1; i >= keep; i--) _output.Close(_open[i].Name);
        _open.RemoveRange(keep, _open.Count - keep);
    }

    /// <summary>A block that began; its start tag is written with its first text, so that empty ones vanish.</summary>
    private sealed class Block(string name, int level)
    {
        public string Name { get; } = name;

        /// <summary>How deep the element is that it stands for; 0 when the source wrote none.</summary>
        public int Level { get; } = level;

        public bool IsWritten { get; set; }
        public bool IsFresh { get; set; } = true;
        public bool IsCell => Name is "td" or "th";
    }

    /// <summary>An element within a line that began; compared by reference, since two of a kind may follow each other.</summary>
    private sealed class Inline(string name, string? address, int level)
    {
        public string Name { get; } = name;
        public string? Address { get; } = address;
        public int Level { get; } = level;
    }
}
