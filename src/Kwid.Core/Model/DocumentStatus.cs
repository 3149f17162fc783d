namespace Kwid.Core.Model;

/// <summary>Status of a CSAF document (<c>tracking.status</c>).</summary>
public enum DocumentStatus
{
    /// <summary>Not meant to be public yet.</summary>
    Draft,

    /// <summary>Changes without notice.</summary>
    Interim,

    /// <summary>Changes with a new revision only.</summary>
    Final,
}
