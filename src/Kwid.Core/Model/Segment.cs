using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>From which edition on a feed shows which class's log; the next segment of the same feed ends it.</summary>
/// <param name="Class">The <see cref="AudienceClass.Id"/>.</param>
/// <param name="FromEdition">First edition of that class that the feed shows.</param>
public sealed record Segment(string Class, int FromEdition)
{
    /// <summary>True when it is shown beside all others and ends none: the class of what is addressed to the feed's recipient alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Beside { get; init; }
}
