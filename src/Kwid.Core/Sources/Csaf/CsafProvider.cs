using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>What a walk knows of its provider.</summary>
/// <param name="Address">Of the document that told it: its metadata, or the one index that it consists of.</param>
internal sealed record CsafProvider(Uri Address)
{
    /// <summary>Of the metadata; none where there is no metadata.</summary>
    public Validators Validators { get => field ?? Validators.None; init; } = Validators.None;

    /// <summary>Where its documents are listed.</summary>
    public IReadOnlyList<IndexPlace> Indexes { get => field ?? []; init; } = [];

    /// <summary>What it signs with.</summary>
    public IReadOnlyList<KeyPlace> Keys { get => field ?? []; init; } = [];

    /// <summary>Whether there is metadata to ask for; else the source names an index itself.</summary>
    public bool HasMetadata { get; init; } = true;
}
