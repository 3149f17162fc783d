using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Kwid.Configuration.Json;

/// <summary>
/// Reads JSON with comments and trailing commas (RFC 8259 plus those) and goes on behind a fault, so that one run tells all of them. Utf8JsonReader
/// stops at the first fault for good, and its places count bytes; hence a reader of our own. What it mends (a missing comma, a bare word) is always
/// reported: a file with a fault is never taken.
/// </summary>
internal sealed partial class ForgivingReader
{
    private const int DeepestNesting = 32;
    private const int MostFaults = 25;

    private readonly string _file;
    private readonly string _text;
    private readonly Findings _findings;
    private readonly List<int> _lineStarts = [0];
    private int _faults;
    private int _lastFaultLine;
    private int _depth;
    private int _openArrays;
    private bool _cut;

    private ForgivingReader(string file, string text, Findings findings)
    {
        (_file, _text, _findings) = (file, text, findings);
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n') _lineStarts.Add(i + 1);
    }

    /// <summary>The next character; never beyond the end, also where a fault has moved it there.</summary>
    private int At { get; set => field = Math.Min(value, _text.Length); }

    private char Current => At < _text.Length ? _text[At] : '\0';

    private bool AtEnd => At >= _text.Length;

    /// <summary>The file's tree; faults are in <paramref name="findings"/>, and what can't be read is <see cref="NodeKind.Unreadable"/>.</summary>
    public static Node Read(string file, string text, Findings findings)
    {
        var reader = new ForgivingReader(file, text, findings);
        var root = reader.ReadValue("$");
        reader.SkipTrivia("$");
        if (!reader.AtEnd) reader.Fault(reader.At, "$", reader.Seen(), "remove what follows the last closing bracket");
        return root;
    }

    private Node ReadValue(string path)
    {
        SkipTrivia(path);
        var place = PlaceOf(At);
        if (AtEnd || Current is ',' or '}' or ']' or ':')
        {
            Fault(At, path, Seen(), "write a value here");
            return new Node(NodeKind.Unreadable, place, path);
        }
        if (Current is '"' or '\'') return new Node(NodeKind.Text, place, path) { Text = ReadText(path) };
        if (Current is not ('{' or '[')) return ReadWord(place, path);
        if (_depth == DeepestNesting)
        {
            Fault(At, path, $"more than {DeepestNesting} brackets within each other", "nest less deeply");
            GiveUp();
            return new Node(NodeKind.Unreadable, place, path);
        }

        _depth++;
        var node = Current == '{' ? ReadObject(place, path) : ReadArray(place, path);
        _depth--;
        return node;
    }

    private Node ReadObject(Place place, string path)
    {
        var members = new List<Member>();
        At++;
        while (!Closes('}', place, path))
        {
            if (ReadKey(path) is not { } key) continue;
            var member = Node.Join(path, key.Text);
            SkipTrivia(member);
            if (Current is ':' or '=')
            {
                if (Current == '=') Fault(At, member, "\"=\"", "write \":\" between key and value");
                At++;
            }
            else Fault(At, member, Seen(), "write \":\" between key and value");
            var value = ReadValue(member);
            if (members.FirstOrDefault(other => other.Key == key.Text) is { } first)
                _findings.Mistake(key.Place, member, Codes.DuplicateKey, $"\"{key.Text}\" again (first at {first.Place})", "keep one of the two");
            else members.Add(new Member(key.Text, key.Place, value));
            ReadSeparator('}', path);
        }
        return new Node(NodeKind.Object, place, path) { Members = members, IsCut = _cut };
    }

    private Node ReadArray(Place place, string path)
    {
        var items = new List<Node>();
        At++;
        _openArrays++;
        while (!Closes(']', place, path))
        {
            var before = At;
            items.Add(ReadValue($"{path}[{items.Count}]"));
            if (At == before) At++; // a sign that begins nothing, reported by ReadValue
            ReadSeparator(']', path);
        }
        _openArrays--;
        return new Node(NodeKind.Array, place, path) { Items = items };
    }

    /// <summary>Whether the object or list ends here, be it by its bracket, by another's or by the end of the file.</summary>
    private bool Closes(char bracket, Place opened, string path)
    {
        SkipTrivia(path);
        while (Current == ',')
        {
            Fault(At++, path, "\",\" with nothing before it", "remove it");
            SkipTrivia(path);
        }
        if (Current == bracket)
        {
            At++;
            return true;
        }
        if (AtEnd)
        {
            _cut = true;
            Fault(At, path, "the end of the file", $"close with \"{bracket}\" what was opened at {opened}");
            return true;
        }
        if (Current is not ('}' or ']')) return false;
        Fault(At, path, Seen(), $"close with \"{bracket}\" what was opened at {opened}");
        var closesOuter = Current == ']' ? _openArrays > 0 : _depth > 1;
        if (!closesOuter) At++;
        return closesOuter;
    }

    private void ReadSeparator(char bracket, string path)
    {
        var valueEnd = At;
        SkipTrivia(path);
        if (Current == ',') At++;
        else if (!AtEnd && Current != bracket && Current is not ('}' or ']'))
            Fault(At, path, $"{Seen()} without a comma before it", $"write \",\" at {PlaceOf(valueEnd)}, behind the value");
    }

    private (string Text, Place Place)? ReadKey(string path)
    {
        var start = At;
        if (Current is '"' or '\'') return (ReadText(path), PlaceOf(start));
        var word = TakeWord();
        if (word.Length > 0)
        {
            Fault(start, path, word, $"write \"{word}\" in double quotes");
            return (word, PlaceOf(start));
        }
        Fault(start, path, Seen(), "write a key in double quotes");
        At++;
        return null;
    }

    private Node ReadWord(Place place, string path)
    {
        var start = At;
        var word = TakeWord();
        if (word.Length == 0)
        {
            Fault(start, path, Seen(), "write a value here");
            At++;
        }
        NodeKind? kind = word switch
        {
            "true" => NodeKind.True,
            "false" => NodeKind.False,
            "null" => NodeKind.Null,
            _ => Number().IsMatch(word) ? NodeKind.Number : null,
        };
        if (kind is null && word.Length > 0) Fault(start, path, word, $"write \"{word}\" in double quotes, or true, false, null or a number");
        return new Node(kind ?? NodeKind.Unreadable, place, path) { Text = word };
    }

    private string TakeWord()
    {
        var start = At;
        while (!AtEnd && !char.IsWhiteSpace(Current) && Current is not (',' or ':' or '=' or '"' or '\'' or '{' or '}' or '[' or ']' or '/')) At++;
        return _text[start..At];
    }

    private string ReadText(string path)
    {
        var (start, quote) = (At, Current);
        if (quote == '\'') Fault(start, path, "a text in single quotes", "use double quotes");
        var text = new StringBuilder();
        for (At++; Current != quote; At++)
        {
            if (AtEnd || Current is '\n' or '\r') return NotClosed(start, path);
            if (Current == '\\') text.Append(ReadEscape(path));
            else if (Current < ' ')
                Fault(At, path, $"the control character U+{(int)Current:X4} in a text", $"write \\u{(int)Current:X4} or remove it");
            else text.Append(Current);
        }
        At++;
        return text.ToString();
    }

    /// <summary>A text ends with its line; a comma there was most likely meant as one.</summary>
    private string NotClosed(int start, string path)
    {
        Fault(start, path, "a text that its line does not close", "write a double quote at its end");
        var text = _text[(start + 1)..At].TrimEnd();
        if (!text.EndsWith(',')) return text;
        At = start + text.Length;
        return text[..^1];
    }

    /// <summary>At a backslash; leaves the place on the escape's last character.</summary>
    private string ReadEscape(string path)
    {
        var start = At++;
        if (Current == '\'') Fault(start, path, "\\'", "write ' without a backslash");
        var plain = Current switch
        {
            '"' or '\'' or '\\' or '/' => Current.ToString(),
            'b' => "\b",
            'f' => "\f",
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            _ => null,
        };
        if (plain is not null) return plain;
        var digits = Current == 'u' && At + 4 < _text.Length ? _text.AsSpan(At + 1, 4) : [];
        if (ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            At += 4;
            return ((char)unit).ToString();
        }
        Fault(start, path, "a backslash that begins no escape", "write \\\\ for a backslash");
        At = start;
        return "\\";
    }

    private void SkipTrivia(string path)
    {
        while (!AtEnd)
        {
            if (Current is ' ' or '\t' or '\n' or '\r') At++;
            else if (Current == '#' || _text.AsSpan(At).StartsWith("//"))
            {
                if (Current == '#') Fault(At, path, "a comment with #", "begin comments with //");
                while (!AtEnd && Current != '\n') At++;
            }
            else if (_text.AsSpan(At).StartsWith("/*"))
            {
                var end = _text.IndexOf("*/", At + 2, StringComparison.Ordinal);
                if (end < 0) Fault(At, path, "a comment without an end", "close it with */");
                At = end < 0 ? _text.Length : end + 2;
            }
            else return;
        }
    }

    /// <summary>One fault a line: what follows on the same line is mostly its echo.</summary>
    private void Fault(int at, string path, string found, string cure)
    {
        var place = PlaceOf(at);
        if (place.Line == _lastFaultLine || _faults > MostFaults) return;
        _lastFaultLine = place.Line;
        if (++_faults <= MostFaults)
        {
            _findings.Mistake(place, path, Codes.Syntax, found, cure);
            return;
        }
        _findings.Mistake(
            place, path, Codes.TooManySyntaxMistakes, $"more than {MostFaults} syntax mistakes", "mend those above first; the rest of the file was not read");
        GiveUp();
    }

    private void GiveUp() => (At, _faults) = (_text.Length, MostFaults + 1);

    private string Seen()
    {
        if (AtEnd) return "the end of the file";
        if (Current == '"') return new Node(NodeKind.Text, default, "$") { Text = _text[(At + 1)..].Split('"', '\n', '\r')[0] }.Describe();
        return char.IsWhiteSpace(Current) || char.IsControl(Current) ? $"the invisible character U+{(int)Current:X4}" : $"\"{Current}\"";
    }

    private Place PlaceOf(int at)
    {
        var line = _lineStarts.BinarySearch(at);
        if (line < 0) line = ~line - 1;
        return new Place(_file, line + 1, at - _lineStarts[line] + 1);
    }

    [GeneratedRegex(
        @"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
