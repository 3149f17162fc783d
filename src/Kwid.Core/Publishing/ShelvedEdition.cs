using System.Text.Json.Serialization;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>An edition as it stands on the shelf.</summary>
/// <param name="Edition">What was published.</param>
/// <param name="Texts">Where the revisions are that it shows for the first time; with the first edition also all that retention has moved.</param>
internal sealed record ShelvedEdition(Edition Edition, IReadOnlyList<TextPlace> Texts)
{
    /// <summary>Of the first edition: the file that holds the texts of all of them; null: that of a shelf from which nothing was ever taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? File { get; init; }
}

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

/// <summary>A text and the file that it stands in: both change at once when retention moves it.</summary>
internal sealed record ShelvedText(ShelfTexts File, TextPlace Place);
