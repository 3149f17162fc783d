using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Kwid.Core.Model;

/// <summary>Key of a recipient, and the first part of its feeds' addresses: an <see cref="Ags"/> or a slug <c>[a-z][a-z0-9-]{1,62}</c>.</summary>
[JsonConverter(typeof(Json))]
public readonly partial record struct RecipientKey
{
    private readonly string? _value;

    /// <exception cref="ArgumentException">Neither an official key nor a slug.</exception>
    public RecipientKey(string value)
    {
        if (!IsValid(value)) throw new ArgumentException($"'{value}' is no recipient key; use an official key (8 digits, a district 5) or a-z, 0-9 and '-'.", nameof(value));
        _value = value;
    }

    /// <summary>The feed for anyone, no recipient's own.</summary>
    public static RecipientKey Everyone { get; } = new("alle");

    /// <summary>Words that an operator can't give to a recipient, since addresses use them.</summary>
    public static IReadOnlySet<string> Reserved { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "alle", "betrieb", "archive", "anbieter", "intern", "dringend", "komplett" };

    /// <summary>Whether the text may be a key.</summary>
    public static bool IsValid(string? value) => value is not null && (Ags.IsValid(value) || Slug().IsMatch(value));

    /// <summary>The key as it stands in addresses and ids.</summary>
    public override string ToString() => _value ?? "";

    [GeneratedRegex("^[a-z][a-z0-9-]{1,62}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Slug();

    /// <summary>As its text.</summary>
    public sealed class Json() : TextJson<RecipientKey>(text => new RecipientKey(text));
}
