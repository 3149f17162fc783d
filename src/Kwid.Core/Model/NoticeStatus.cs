namespace Kwid.Core.Model;

/// <summary>How far a notice has come.</summary>
public enum NoticeStatus
{
    /// <summary>Read and checked, neither stored nor published.</summary>
    Draft,

    /// <summary>Published.</summary>
    Final,

    /// <summary>Taken back, with a reason.</summary>
    Withdrawn,
}
