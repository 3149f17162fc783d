namespace Kwid.Core.Model;

/// <summary>Where a stored revision stands on its way out.</summary>
public enum RevisionStage
{
    /// <summary>Waits for the next edition.</summary>
    Pending,

    /// <summary>An edition has decided on it.</summary>
    Published,

    /// <summary>Above every ceiling that exists: stored, waits for a way out that may carry it.</summary>
    Held,

    /// <summary>Older than <c>announceBacklog</c> at a source's first poll: stored, never announced.</summary>
    Backlog,

    /// <summary>New, but most of its batch repeats what is known: waits for the operator, six hours at most (P13).</summary>
    Waiting,
}
