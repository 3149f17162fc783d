using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kwid.Core.Sources;

/// <summary>How a <see cref="PageCursor"/> is written.</summary>
internal sealed record PageMemory
{
    /// <summary>Without what says nothing: there may be thousands of items.</summary>
    public static JsonSerializerOptions Format { get; } = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>Until when the host is left alone, UTC; null when it did not ask for that.</summary>
    public DateTimeOffset? Patience { get; init; }

    /// <summary>By a hash of what names the item.</summary>
    public Dictionary<string, DetailMark> Items { get; init; } = [];
}
