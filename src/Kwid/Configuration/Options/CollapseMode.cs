namespace Kwid.Configuration.Options;

/// <summary>Whether different advisories of one matter share an entry.</summary>
internal enum CollapseMode
{
    /// <summary>Each has its own.</summary>
    Never,

    /// <summary>A vendor's is told inside the WID entry that refers to it and names the same CVEs.</summary>
    Explicit,
}
