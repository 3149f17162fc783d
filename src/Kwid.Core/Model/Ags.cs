namespace Kwid.Core.Model;

/// <summary>
/// Official municipality key (Amtlicher Gemeindeschlüssel): 8 digits, of which 2 name the Land, 1 the Regierungsbezirk, 2 the Kreis and 3 the
/// Gemeinde; a district is its first 5. A text, never a number: leading zeros count. Not the 12-digit ARS.
/// </summary>
public readonly record struct Ags
{
    private readonly string? _value;

    /// <exception cref="ArgumentException">Not 5 or 8 digits.</exception>
    public Ags(string value)
    {
        if (!IsValid(value)) throw new ArgumentException($"'{value}' is no official key; it has 8 digits, a district 5.", nameof(value));
        _value = value;
    }

    /// <summary>The key of the district that the municipality belongs to, or of itself where it is one.</summary>
    public Ags District => new(ToString()[..5]);

    /// <summary>True for a district (Kreis) with its 5 digits.</summary>
    public bool IsDistrict => ToString().Length == 5;

    /// <summary>Whether the text is 5 or 8 digits.</summary>
    public static bool IsValid(string? value) => value is { Length: 5 or 8 } && value.All(char.IsAsciiDigit);

    /// <summary>The digits.</summary>
    public override string ToString() => _value ?? "";
}
