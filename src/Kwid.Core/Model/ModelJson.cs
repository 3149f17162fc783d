using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>How the types of the model are written as JSON, wherever they are kept: values as their text, enumerations by name, absent fields left out.</summary>
public static class ModelJson
{
    /// <summary>Compact, for storing.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new JsonStringEnumConverter(),
                new TextConverter<SourceId>(text => new SourceId(text)),
                new TextConverter<AdvisoryId>(text => new AdvisoryId(text)),
                new TextConverter<RecipientKey>(text => new RecipientKey(text)),
                new TextConverter<CveId>(text => new CveId(text)),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class TextConverter<T>(Func<string, T> read) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
