using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>What is remembered of an index beside its documents.</summary>
/// <param name="Address">As the provider names it.</param>
internal sealed record IndexMemory(Uri Address)
{
    /// <summary>Where its file was found, if it is a directory; null before.</summary>
    public Uri? File { get; init; }

    /// <summary>Of its last answer, once all that it listed is read; else none.</summary>
    public Validators Validators { get => field ?? Validators.None; init; } = Validators.None;

    /// <summary>When it was read first, UTC; null before. What it listed then is no news.</summary>
    public DateTimeOffset? Since { get; init; }
}
