namespace Kwid.Core.Model;

/// <summary>What a catalogue knows of a CVE (KEV, EU-KEV, EUVD), to be added to the advisories that name it.</summary>
/// <param name="Cve">Of what.</param>
public sealed record Fact(CveId Cve)
{
    /// <summary>That it is exploited, with who says so; null: not told.</summary>
    public Exploitation? Exploitation { get; init; }

    /// <summary>Its score; null: not told.</summary>
    public Cvss? Cvss { get; init; }
}
