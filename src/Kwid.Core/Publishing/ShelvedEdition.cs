using System.Text.Json.Serialization;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>An edition as it stands on the shelf.</summary>
/// <param name="Edition">What was published.</param>
/// <param name="Texts">Where the revisions are that it shows for the first time.</param>
internal sealed record ShelvedEdition(Edition Edition, IReadOnlyList<TextPlace> Texts);

/// <summary>Where a revision's text is kept.</summary>
/// <param name="Key">Whose text.</param>
/// <param name="Offset">In bytes from the file's start.</param>
/// <param name="Length">In bytes, compressed.</param>
internal sealed record TextPlace(RevisionKey Key, long Offset, int Length)
{
    /// <summary>Checksum of those bytes; null in lines of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public uint? Sum { get; init; }
}
