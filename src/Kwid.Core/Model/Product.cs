using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>A product that an advisory speaks of (CSAF product tree and product status).</summary>
/// <param name="Vendor">As the source names it; null when it does not.</param>
/// <param name="Name">Product name without vendor and version.</param>
/// <param name="Version">Version or range as the source wrote it, such as <c>&lt;7.2.12</c>; null when it names none.</param>
/// <param name="Status">Whether it is affected or mends it.</param>
public sealed record Product(string? Vendor, string Name, string? Version, ProductStatus Status)
{
    /// <summary>CPE, 2.2 (<c>cpe:/a:…</c>) or 2.3 (<c>cpe:2.3:a:…</c>), as written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cpe { get; init; }

    /// <summary>Package URL, as written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Purl { get; init; }
}
