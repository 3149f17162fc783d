namespace Kwid.Core.Model;

/// <summary>Whether what a source says reaches every recipient.</summary>
public enum Delivery
{
    /// <summary>Reaches every recipient.</summary>
    Always,

    /// <summary>Stored, searched and related; enters the default feed only when critical.</summary>
    Background,
}
