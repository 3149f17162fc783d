using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>One step of a walk.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="Cursor">The walk's memory once this step is committed; null keeps none.</param>
public sealed record WalkStep(FetchOutcome Outcome, string? Cursor)
{
    /// <summary>The documents to be read and committed together, in this order: the outcome's own, unless the walk brings several at once.</summary>
    public IReadOnlyList<FetchedDocument> Documents { get => field ?? (Outcome is FetchOutcome.Fetched fetched ? [fetched.Document] : []); init; }

    /// <summary>Names of documents that an index lists and that are not read now, without ending, such as <c>wid-sec-w-2026-0001</c>: known from here on, so that a later change of them is a revision.</summary>
    public IReadOnlyList<string> Listed { get; init; } = [];

    /// <summary>What was odd on the way, for the operator; the walk goes on all the same.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
