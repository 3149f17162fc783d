using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Kwid.Core.Model;

/// <summary>A CVE id in upper case, <c>CVE-2026-12345</c>: four digits of year, four to nineteen of number (CVE numbering rules).</summary>
[JsonConverter(typeof(Json))]
public readonly partial record struct CveId : IComparable<CveId>
{
    private readonly string? _value;

    /// <exception cref="ArgumentException">Not a CVE id.</exception>
    public CveId(string value)
    {
        if (!IsValid(value)) throw new ArgumentException($"'{value}' is no CVE id.", nameof(value));
        _value = value.ToUpperInvariant();
    }

    /// <summary>Whether the text is a CVE id, in any case.</summary>
    public static bool IsValid(string? value) => value is not null && Pattern().IsMatch(value);

    /// <inheritdoc/>
    public int CompareTo(CveId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The id in upper case.</summary>
    public override string ToString() => _value ?? "";

    [GeneratedRegex("^CVE-[0-9]{4}-[0-9]{4,19}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();

    /// <summary>As its text.</summary>
    public sealed class Json() : TextJson<CveId>(text => new CveId(text));
}
