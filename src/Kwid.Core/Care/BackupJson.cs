using System.Text.Json.Serialization;

namespace Kwid.Core.Care;

/// <summary>How the lines of a backup are written that are no records.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupHead))]
[JsonSerializable(typeof(BackupFoot))]
[JsonSerializable(typeof(KeptFile))]
internal sealed partial class BackupJson : JsonSerializerContext;
