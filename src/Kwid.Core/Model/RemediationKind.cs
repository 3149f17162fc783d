namespace Kwid.Core.Model;

/// <summary>By CSAF's category of a remediation.</summary>
public enum RemediationKind
{
    /// <summary>vendor_fix.</summary>
    Fix,

    /// <summary>workaround.</summary>
    Workaround,

    /// <summary>mitigation.</summary>
    Mitigation,

    /// <summary>none_available, no_fix_planned, fix_planned (2.1): there is no update now.</summary>
    None,

    /// <summary>optional_patch (2.1) and whatever a later version adds.</summary>
    Other,
}
