using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Kwid.Core.Model;

/// <summary>
/// Global id of an advisory, never changed once given: the publisher's native id (<c>WID-SEC-2026-0001</c>), or
/// <c>{source}.{hash}</c> where the publisher has none. Made of characters that a tag URI (RFC 4151) carries unescaped.
/// </summary>
[JsonConverter(typeof(Json))]
public readonly partial record struct AdvisoryId
{
    private readonly string? _value;

    /// <exception cref="ArgumentException">The text is not an id; ask <see cref="IsValid"/> first where it comes from outside.</exception>
    public AdvisoryId(string value)
    {
        if (!IsValid(value)) throw new ArgumentException($"'{value}' is no advisory id; use letters, digits, '.', '_' and '-', at most 128 characters.", nameof(value));
        _value = value;
    }

    /// <summary>Whether the text may be an advisory's id.</summary>
    public static bool IsValid(string? value) => value is not null && Pattern().IsMatch(value);

    /// <summary>The id as it stands in entry ids.</summary>
    public override string ToString() => _value ?? "";

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();

    /// <summary>As its text.</summary>
    public sealed class Json() : TextJson<AdvisoryId>(text => new AdvisoryId(text));
}
