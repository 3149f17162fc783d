namespace Kwid.Configuration.Json;

/// <summary>What a value is, before anyone asks what it means.</summary>
internal enum NodeKind
{
    Object,
    Array,
    Text,
    Number,
    True,
    False,
    Null,

    /// <summary>Already reported as a syntax mistake: nobody else complains about it.</summary>
    Unreadable,
}

/// <summary>One key of an object with its value.</summary>
internal sealed record Member(string Key, Place Place, Node Value);

/// <summary>A JSON value that remembers where it stood.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Its first character.</param>
/// <param name="Path">Such as <c>sources[3].url</c>; <c>$</c> for the whole file.</param>
internal sealed record Node(NodeKind Kind, Place Place, string Path)
{
    /// <summary>The text without quotes and escapes, or the number as written; empty for others.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of an array.</summary>
    public IReadOnlyList<Node> Items { get; init; } = [];

    /// <summary>Of an object; each key once.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>Whether the file ended within the object, so that nobody can tell what it lacks.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether it is a secret, which no mistake shows.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The value of the key; null when the object lacks it.</summary>
    public Node? Find(string key) => Members.FirstOrDefault(member => member.Key == key)?.Value;

    /// <summary>How a mistake names it: texts in quotes and cut, logins in addresses masked, secrets not at all.</summary>
    public string Describe() => Kind switch
    {
        NodeKind.Object => "an object",
        NodeKind.Array => "a list",
        NodeKind.Text or NodeKind.Number when IsSecret => "a secret",
        NodeKind.Text => $"\"{Cut(ClearSecret.Mask(Text))}\"",
        NodeKind.Number => Text,
        NodeKind.True => "true",
        NodeKind.False => "false",
        NodeKind.Null => "null",
        _ => "something unreadable",
    };

    /// <summary>Path of a member: keys that are no plain words stand in brackets.</summary>
    public static string Join(string path, string key)
    {
        var plain = key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '$');
        if (!plain) return $"{path}['{key}']";
        return path == "$" ? key : $"{path}.{key}";
    }

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 80 ? line : line[..79] + "…";
    }
}
