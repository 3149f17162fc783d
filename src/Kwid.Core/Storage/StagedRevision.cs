using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>A revision and where it starts on its way out.</summary>
public sealed record StagedRevision(Revision Revision, RevisionStage Stage);
