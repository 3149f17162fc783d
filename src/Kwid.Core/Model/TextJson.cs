using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>Writes a value as its text in JSON, and reads it back.</summary>
/// <typeparam name="T">A value whose <c>ToString</c> is its text.</typeparam>
/// <param name="read">Makes the value of its text.</param>
public abstract class TextJson<T>(Func<string, T> read) : JsonConverter<T>
    where T : struct
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
