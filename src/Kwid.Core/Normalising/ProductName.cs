namespace Kwid.Core.Normalising;

/// <summary>Parts a product's name from the vendor that it often begins with, and from the version that it often ends with.</summary>
internal static class ProductName
{
    /// <summary>Name and version, each without what belongs to the other fields.</summary>
    /// <param name="vendor">As the source names it; null when it does not.</param>
    /// <param name="name">Possibly <c>Muster Server &lt; 7.2</c>.</param>
    /// <param name="version">Possibly with the name before it; null when the source has no field for it.</param>
    /// <param name="cpe">Tells the version where only the name has it; null for none.</param>
    public static (string Name, string? Version) Split(string? vendor, string name, string? version, string? cpe)
    {
        name = Behind(vendor, name);
        if (version is not null) return (name, WithoutScheme(Behind(name, Behind(vendor, version)), name));
        if (VersionIn(cpe) is { } known && name.EndsWith($" {known}", StringComparison.OrdinalIgnoreCase)) (name, version) = (name[..^(known.Length + 1)], name[^known.Length..]);
        var sign = name.IndexOf(" <", StringComparison.Ordinal) is >= 0 and var less ? less : name.IndexOf(" >", StringComparison.Ordinal);
        return sign <= 0 ? (name, version) : (name[..sign], $"{name[sign..].Replace(" ", "", StringComparison.Ordinal)}{version}");
    }

    private static string Behind(string? prefix, string text) =>
        prefix is not null && text.Length > prefix.Length + 1 && text[prefix.Length] == ' ' && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[(prefix.Length + 1)..] : text;

    /// <summary>Ranges are also written as <c>vers:all/&lt;7.2</c> (package-url/vers-spec); all versions is no version.</summary>
    private static string? WithoutScheme(string version, string name)
    {
        if (version.StartsWith("vers:", StringComparison.OrdinalIgnoreCase) && version.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash) version = version[(slash + 1)..];
        return version is "*" or "" || version == name ? null : version;
    }

    /// <summary>The fourth field of CPE 2.2, the fifth of 2.3; null when it says nothing.</summary>
    private static string? VersionIn(string? cpe)
    {
        if (cpe is null) return null;
        var parts = cpe.Split(':');
        var at = cpe.StartsWith("cpe:2.3:", StringComparison.Ordinal) ? 5 : 4;
        return parts.Length > at && parts[at] is { Length: > 0 } version && version is not ("-" or "*") ? version.Replace("\\", "", StringComparison.Ordinal) : null;
    }
}
