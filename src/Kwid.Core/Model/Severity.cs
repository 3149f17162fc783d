namespace Kwid.Core.Model;

/// <summary>Severity band for people, by the bands of CVSS 3.x and 4.0. Absent is null, never <see cref="None"/>.</summary>
public enum Severity
{
    /// <summary>0.0; keine.</summary>
    None,

    /// <summary>0.1–3.9; niedrig.</summary>
    Low,

    /// <summary>4.0–6.9; mittel.</summary>
    Medium,

    /// <summary>7.0–8.9; hoch.</summary>
    High,

    /// <summary>9.0–10.0; kritisch.</summary>
    Critical,
}
