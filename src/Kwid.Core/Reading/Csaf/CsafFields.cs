using System.Text;
using System.Text.Json;

namespace Kwid.Core.Reading.Csaf;

/// <summary>Looks fields up in a CSAF document. A field that is not what the standard says is told once and then counts as absent.</summary>
internal sealed class CsafFields
{
    private const int MostFaults = 20;

    private readonly List<string> _faults = [];

    /// <summary>What was passed over, each by its field.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>An object's field that is an object; null when there is none.</summary>
    public JsonElement? Find(JsonElement? owner, ReadOnlySpan<byte> name) => TryGet(owner, name, JsonValueKind.Object, out var field) ? field : null;

    /// <summary>An object's field that is a text and not blank; null when there is none.</summary>
    public string? Text(JsonElement? owner, ReadOnlySpan<byte> name) => TryGet(owner, name, JsonValueKind.String, out var field) ? Text(field) : null;

    /// <summary>An element of a list that is a text; null when it is none or blank.</summary>
    public static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String && element.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>The objects of a list; none when there is no list.</summary>
    public JsonElement.ArrayEnumerator List(JsonElement? owner, ReadOnlySpan<byte> name) => TryGet(owner, name, JsonValueKind.Array, out var field) ? field.EnumerateArray() : default;

    /// <summary>How many elements a list has.</summary>
    public int Count(JsonElement? owner, ReadOnlySpan<byte> name) => TryGet(owner, name, JsonValueKind.Array, out var field) ? field.GetArrayLength() : 0;

    /// <summary>Whether a list's element is an object, as those of that name are.</summary>
    public bool IsObject(JsonElement element, ReadOnlySpan<byte> list)
    {
        if (element.ValueKind == JsonValueKind.Object) return true;
        Tell($"\"{Encoding.UTF8.GetString(list)}\" holds {Describe(element.ValueKind)} where an object belongs; it was left out.");
        return false;
    }

    /// <summary>Notes what was passed over.</summary>
    public void Tell(string fault)
    {
        if (_faults.Count < MostFaults && !_faults.Contains(fault)) _faults.Add(fault);
    }

    private bool TryGet(JsonElement? owner, ReadOnlySpan<byte> name, JsonValueKind kind, out JsonElement field)
    {
        field = default;
        if (owner is not { ValueKind: JsonValueKind.Object } known || !known.TryGetProperty(name, out field) || field.ValueKind == JsonValueKind.Null) return false;
        if (field.ValueKind == kind) return true;
        Tell($"\"{Encoding.UTF8.GetString(name)}\" is {Describe(field.ValueKind)} where {Describe(kind)} belongs; it was left out.");
        return false;
    }

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "true, false or null",
    };
}
