using System.Text.Json;
using System.Text.Json.Serialization;
using Kwid.Core.Model;

namespace Kwid.Storage.Tests;

/// <summary>
/// Compares values with everything in them: records with lists are never Equal, and what compares public properties takes all ids for equal.
/// Written apart from the stores' own serialising, so that a mistake there shows.
/// </summary>
internal static class Whole
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, IncludeFields = true, Converters = { new IdText() } };

    public static void Equal<T>(T expected, T actual) => Assert.Equal(Text(expected), Text(actual));

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    private sealed class IdText : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert == typeof(SourceId) || typeToConvert == typeof(AdvisoryId) || typeToConvert == typeof(CveId) || typeToConvert == typeof(DateTimeOffset);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Writer<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class Writer<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value is DateTimeOffset instant ? $"{instant.UtcTicks} ticks" : value!.ToString());
    }
}
