using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kwid.Core.Sources.Csaf;

/// <summary>How a <see cref="CsafMemory"/> is written: the little as JSON, the tens of thousands of documents packed.</summary>
internal sealed record CsafMemoryText
{
    /// <summary>Another number is another form, which is not read.</summary>
    private const int Current = 1;

    private static readonly JsonSerializerOptions Format = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>Of the form.</summary>
    public int Version { get; init; }

    /// <summary>The provider.</summary>
    public CsafProvider? Provider { get; init; }

    /// <summary>Its indexes.</summary>
    public IReadOnlyList<IndexMemory> Indexes { get => field ?? []; init; } = [];

    /// <summary>See <see cref="DocumentMarks"/>; base64 in the text.</summary>
    public byte[] Documents { get => field ?? []; init; } = [];

    /// <summary>The parts of a text; null when it is not ours.</summary>
    public static CsafMemoryText? TryParse(string? cursor)
    {
        try
        {
            var text = cursor is null ? null : JsonSerializer.Deserialize<CsafMemoryText>(cursor, Format);
            return text is { Version: Current } && text.IsSound() ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text.</summary>
    public string Write() => JsonSerializer.Serialize(this with { Version = Current }, Format);

    private bool IsSound() =>
        Indexes.Count < byte.MaxValue && Indexes.All(index => IsWeb(index?.Address) && (index!.File is null || IsWeb(index.File)))
        && (Provider is null || (IsWeb(Provider.Address) && Provider.Indexes.All(place => IsWeb(place?.Address)) && Provider.Keys.All(key => IsWeb(key?.Address))));

    private static bool IsWeb(Uri? address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
