using System.Text.Json.Serialization;
using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>How the model is written inside stores and backups: JSON with the words of the enums, absent values left out.</summary>
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
[JsonSerializable(typeof(Capability))]
[JsonSerializable(typeof(AuditEvent))]
[JsonSerializable(typeof(StoreRecord))]
public sealed partial class StoreJson : JsonSerializerContext;
