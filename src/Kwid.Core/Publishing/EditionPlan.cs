using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>What an edition will say of one advisory, before instants and sizes are known.</summary>
/// <param name="Shown">The newest pending revision.</param>
/// <param name="Rows">By class: how it shows there, and why. Empty when no class takes it.</param>
/// <param name="Held">True when its label keeps it in: it waits for a way out that may carry it.</param>
public sealed record EditionPlan(Revision Shown, IReadOnlyList<PlannedRow> Rows, bool Held)
{
    /// <summary>True when it is gathered with what may follow, and goes out with a later edition: nothing is decided now.</summary>
    public bool Waits { get; init; }
}

/// <summary>One row of a class's log to be.</summary>
/// <param name="Class">The <see cref="AudienceClass.Id"/>.</param>
/// <param name="Kind">How it shows.</param>
/// <param name="Revision">The revision shown; of a withdrawal the one that stood there.</param>
/// <param name="Reason">Rule id.</param>
public sealed record PlannedRow(string Class, PublicationKind Kind, RevisionKey Revision, string Reason)
{
    /// <summary>The digest that tells it; null unless it is collected.</summary>
    public AdvisoryId? Digest { get; init; }

    /// <summary>See <see cref="Publication.Within"/>.</summary>
    public AdvisoryId? Within { get; init; }

    /// <summary>See <see cref="Publication.Concerns"/>.</summary>
    public IReadOnlyList<RecipientKey>? Concerns { get; init; }

    /// <summary>See <see cref="Publication.Rule"/>.</summary>
    public string? Rule { get; init; }

    /// <summary>See <see cref="Publication.TakesBack"/>.</summary>
    public bool TakesBack { get; init; }
}
