namespace Kwid.Core.Model;

/// <summary>Traffic Light Protocol 2.0 label of a document (FIRST), from the freest to the closest. An unknown label counts as <see cref="Red"/>.</summary>
public enum Tlp
{
    /// <summary>May leave through anything. CSAF 2.0 says WHITE.</summary>
    Clear,

    /// <summary>Community only.</summary>
    Green,

    /// <summary>The addressed organisation and its clients.</summary>
    Amber,

    /// <summary>The addressed organisation only.</summary>
    AmberStrict,

    /// <summary>Named persons only: leaves through no feed.</summary>
    Red,
}
