using System.Text.Json.Serialization;
using Kwid.Core.Model;

namespace Kwid.LiteDb;

/// <summary>How the model is written inside documents: JSON with the words of the enums, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Revision))]
[JsonSerializable(typeof(SourceState))]
[JsonSerializable(typeof(Entry))]
[JsonSerializable(typeof(SourceFact))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(EditionPart))]
internal sealed partial class StoreJson : JsonSerializerContext;
