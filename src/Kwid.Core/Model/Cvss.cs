using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>A CVSS base score as its source gave it.</summary>
/// <param name="Version">Of the CVSS standard: <c>2.0</c>, <c>3.0</c>, <c>3.1</c> or <c>4.0</c>.</param>
/// <param name="Score">0.0–10.0, no unit.</param>
/// <param name="Vector">The vector string; null when the source gave none.</param>
public sealed record Cvss(string Version, double Score, string? Vector)
{
    /// <summary>The catalogue that scored it, for people; null: the source itself.</summary>
    public string? By { get; init; }

    /// <summary>The band of the score: CVSS 3.x and 4.0 (specification, "Qualitative Severity Rating Scale"); 2.0 had no critical (NVD).</summary>
    [JsonIgnore]
    public Severity Band => Score switch
    {
        <= 0 => Severity.None,
        < 4 => Severity.Low,
        < 7 => Severity.Medium,
        < 9 => Severity.High,
        _ => Version.StartsWith('2') ? Severity.High : Severity.Critical,
    };
}
