using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>All that is stored of an advisory.</summary>
/// <param name="Advisory">As it is now.</param>
/// <param name="Aliases">Advisories that turned out to be this one.</param>
/// <param name="Statements">What each source said last; the operator's word among them, if there is one.</param>
/// <param name="Revisions">Oldest first; those whose text is no longer stored are left out.</param>
/// <param name="Facts">What catalogues say of its CVEs.</param>
/// <param name="Relations">Which others belong to it.</param>
public sealed record AdvisoryLife(
    Advisory Advisory, IReadOnlyList<AdvisoryId> Aliases, IReadOnlyList<Entry> Statements, IReadOnlyList<Revision> Revisions, IReadOnlyList<SourceFact> Facts, IReadOnlyList<Relation> Relations)
{
    /// <summary>Its id and the aliases': under each of them something may have been published.</summary>
    public IReadOnlyList<AdvisoryId> Ids => [Advisory.Id, .. Aliases];
}
