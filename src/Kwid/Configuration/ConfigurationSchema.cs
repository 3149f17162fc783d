using System.Collections;
using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kwid.Configuration.Binding;
using Kwid.Configuration.Options;

namespace Kwid.Configuration;

/// <summary>JSON Schema (draft-07, the one that all editors know) of feeds.config.json, made from the option types alone.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The whole schema as text with a line end at its end.</summary>
    public static string Write()
    {
        var schema = Describe(typeof(KwidOptions), new KwidOptions());
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "feeds.config.json of Kwid");
        schema["allowTrailingCommas"] = true; // read by VS Code
        return schema.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Describe(Type type, object? initial)
    {
        var text = type.GetCustomAttribute<DescriptionAttribute>()?.Description;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (typeof(OptionsObject).IsAssignableFrom(type)) return DescribeObject(type, initial ?? Activator.CreateInstance(type)!, text);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Describe(type.GenericTypeArguments[1], null) };
        if (type.IsGenericType) return new JsonObject { ["type"] = "array", ["items"] = Describe(type.GenericTypeArguments[0], null) };
        if (type == typeof(bool)) return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(long)) return new JsonObject { ["type"] = "integer" };
        if (type == typeof(TimeSpan)) return new JsonObject { ["type"] = "string", ["pattern"] = TimeSpanText.Pattern };
        return type.IsEnum
            ? new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Words.Of(type).Select(word => JsonValue.Create(word))]) }
            : new JsonObject { ["type"] = "string" };
    }

    private static JsonObject DescribeObject(Type type, object initial, string? text)
    {
        var keys = OptionKey.Of(type);
        var properties = new JsonObject();
        foreach (var key in keys) properties[key.Name] = DescribeKey(key, key.Property.GetValue(initial));
        var schema = new JsonObject { ["description"] = text, ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        var required = keys.Where(key => key.IsRequired).Select(key => JsonValue.Create(key.Name)).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray([.. required]);
        return schema;
    }

    private static JsonObject DescribeKey(OptionKey key, object? initial)
    {
        var schema = Describe(key.Property.PropertyType, initial);
        schema["description"] = key.IsNotBuiltYet ? key.Description + " Not supported yet." : key.Description;
        if (key.IsNullable) AllowNull(schema);
        if (!key.IsRequired && DefaultOf(initial) is { } value) schema["default"] = value;
        return schema;
    }

    private static void AllowNull(JsonObject schema)
    {
        schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        if (schema["enum"] is JsonArray words) words.Add(null);
    }

    private static JsonNode? DefaultOf(object? initial) => initial switch
    {
        null or OptionsObject or IDictionary => null,
        string text => text,
        bool flag => flag,
        long number => number,
        TimeSpan span => TimeSpanText.Format(span),
        Enum word => Words.Of(word),
        _ => null,
    };
}
