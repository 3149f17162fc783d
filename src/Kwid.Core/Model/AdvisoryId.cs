using System.Buffers;
using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>
/// Global id of an advisory, never changed once given: the publisher's native id (<c>WID-SEC-2026-0001</c>), or
/// <c>{source}.{hash}</c> where the publisher has none. Made of characters that a tag URI (RFC 4151) carries unescaped.
/// </summary>
[JsonConverter(typeof(Json))]
public readonly record struct AdvisoryId
{
    private const int MaxLength = 128;

    // Stores hold them by the hundred thousand: this is read at every start.
    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private readonly string? _value;

    /// <exception cref="ArgumentException">The text is not an id; ask <see cref="IsValid"/> first where it comes from outside.</exception>
    public AdvisoryId(string value)
    {
        if (!IsValid(value)) throw new ArgumentException($"'{value}' is no advisory id; use letters, digits, '.', '_' and '-', at most 128 characters.", nameof(value));
        _value = value;
    }

    /// <summary>What the ids of our own notices begin with; no other publisher's id does.</summary>
    public const string NoticePrefix = "KWID-";

    /// <summary>Whether it is the id of one of our own notices.</summary>
    public bool IsNotice => ToString().StartsWith(NoticePrefix, StringComparison.Ordinal);

    /// <summary>Whether the text may be an advisory's id.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterOrDigit(value[0]) && !value.AsSpan().ContainsAnyExcept(Characters);

    /// <summary>The id as it stands in entry ids.</summary>
    public override string ToString() => _value ?? "";

    /// <summary>As its text.</summary>
    public sealed class Json() : TextJson<AdvisoryId>(text => new AdvisoryId(text));
}
