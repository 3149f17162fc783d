using System.Buffers;
using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>Identity of a source: the <c>id</c> of an entry of <c>sources</c> in feeds.config.json, <c>[a-z0-9][a-z0-9-]{0,62}</c>.</summary>
[JsonConverter(typeof(Json))]
public readonly record struct SourceId
{
    private const int MaxLength = 63;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string? _value;

    /// <summary>Stands for the operator, who may take an advisory back; no source may be called so.</summary>
    public static SourceId Operator { get; } = new("operator");

    /// <exception cref="ArgumentException">The text is not an id; ask <see cref="IsValid"/> first where it comes from outside.</exception>
    public SourceId(string value)
    {
        if (!IsValid(value)) throw new ArgumentException($"'{value}' is no source id; use a-z, 0-9 and '-', at most 63 characters.", nameof(value));
        _value = value;
    }

    /// <summary>Whether the text may be a source's id.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: > 0 and <= MaxLength } && value[0] != '-' && !value.AsSpan().ContainsAnyExcept(Characters);

    /// <summary>The id as written in the configuration.</summary>
    public override string ToString() => _value ?? "";

    /// <summary>As its text.</summary>
    public sealed class Json() : TextJson<SourceId>(text => new SourceId(text));
}
