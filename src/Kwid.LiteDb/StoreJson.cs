using System.Text.Json;
using System.Text.Json.Serialization;
using Kwid.Core.Model;

namespace Kwid.LiteDb;

/// <summary>How the model is written inside documents: JSON with the words of the enums, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(SourceIdText), typeof(AdvisoryIdText), typeof(CveIdText)])]
[JsonSerializable(typeof(Revision))]
[JsonSerializable(typeof(SourceState))]
[JsonSerializable(typeof(EditionPart))]
internal sealed partial class StoreJson : JsonSerializerContext;

/// <summary>An id as its text.</summary>
internal abstract class IdText<T>(Func<string, T> read) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class SourceIdText() : IdText<SourceId>(text => new SourceId(text));

internal sealed class AdvisoryIdText() : IdText<AdvisoryId>(text => new AdvisoryId(text));

internal sealed class CveIdText() : IdText<CveId>(text => new CveId(text));
