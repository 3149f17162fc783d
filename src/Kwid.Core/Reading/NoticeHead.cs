using Kwid.Core.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kwid.Core.Reading;

/// <summary>
/// Reads a notice's head event by event: fields with one value or a list of them, and nothing else that YAML can do. Anchors, aliases and tags are refused: a few lines of them
/// may stand for gigabytes, or for types.
/// </summary>
internal sealed class NoticeHead
{
    /// <summary>The line above the head, in the file.</summary>
    private const int LinesAbove = 1;

    private readonly List<NoticeField> _fields = [];
    private readonly List<NoticeMistake> _mistakes = [];

    /// <summary>Its fields, and what is wrong with it.</summary>
    public static (IReadOnlyList<NoticeField> Fields, IReadOnlyList<NoticeMistake> Mistakes) Read(string head)
    {
        var reading = new NoticeHead();
        try
        {
            reading.ReadAll(new Parser(new StringReader(head)));
        }
        catch (YamlException fault)
        {
            reading._mistakes.Add(new NoticeMistake(LineOf(fault.Start), ColumnOf(fault.Start), "$", $"something that can't be read ({fault.Message.TrimEnd('.')})", "write each field in a line of its own as 'key: value'; put quotes around a value that holds ': ' or begins with a sign"));
        }

        return (reading._fields, reading._mistakes);
    }

    private void ReadAll(Parser head)
    {
        while (head.MoveNext() && head.Current is StreamStart or DocumentStart) { }
        if (head.Current is not MappingStart start || !IsPlain(start, "$"))
        {
            if (_mistakes.Count == 0) Add(head.Current!, "$", "no fields", "write each field in a line of its own as 'key: value'");
            return;
        }

        while (head.MoveNext() && head.Current is not MappingEnd)
            if (head.Current is not Scalar key || !IsPlain(key, "$"))
            {
                if (_mistakes.Count == 0) Add(head.Current!, "$", "something that is no field", "write each field as 'key: value'");
                return;
            }
            else if (!head.MoveNext() || !ReadField(head, key)) return;
    }

    /// <summary>Whether the head can be read on.</summary>
    private bool ReadField(Parser head, Scalar key)
    {
        var values = new List<NoticeValue>();
        var isList = head.Current is SequenceStart;
        if (isList && !IsPlain((NodeEvent)head.Current!, key.Value)) return false;
        while (!isList || (head.MoveNext() && head.Current is not SequenceEnd))
        {
            if (head.Current is AnchorAlias || !IsPlain((NodeEvent)head.Current!, key.Value)) return Refuse(head.Current!, key.Value);
            if (head.Current is not Scalar value) return Refuse(head.Current, key.Value);
            values.Add(new NoticeValue(value is { Style: ScalarStyle.Plain, Value: "~" or "null" } ? "" : value.Value, LineOf(value.Start), ColumnOf(value.Start)));
            if (!isList) break;
        }

        if (_fields.Exists(field => field.Key == key.Value)) Add(key, key.Value, "it twice", "remove one of them");
        else _fields.Add(new NoticeField(key.Value, LineOf(key.Start), ColumnOf(key.Start), values) { IsList = isList });
        return true;
    }

    private bool Refuse(ParsingEvent? at, string key)
    {
        if (_mistakes.Count == 0 && at is not null) Add(at, key, at is AnchorAlias ? "an alias" : "something nested", "write one value, or a list of values such as [a, b]");
        return false;
    }

    private bool IsPlain(NodeEvent node, string key)
    {
        if (node.Anchor.IsEmpty && node.Tag.IsEmpty) return true;
        Add(node, key, node.Tag.IsEmpty ? "an anchor or alias" : "a tag", "write the value itself, in quotes if it begins with '&', '*' or '!'");
        return false;
    }

    private void Add(ParsingEvent at, string key, string found, string cure) => _mistakes.Add(new NoticeMistake(LineOf(at.Start), ColumnOf(at.Start), key, found, cure));

    private static int LineOf(Mark mark) => (int)mark.Line + LinesAbove;

    private static int ColumnOf(Mark mark) => (int)mark.Column;
}
