using System.Collections.Frozen;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kwid.Configuration.Options;

namespace Kwid.Configuration.Binding;

/// <summary>A key of feeds.config.json as its property declares it: the one source for binder, schema and manual.</summary>
/// <param name="Name">As written in the file.</param>
/// <param name="Property">Holds the value; its initial value is the default.</param>
/// <param name="IsNullable">Whether <c>null</c> may be written.</param>
internal sealed record OptionKey(string Name, PropertyInfo Property, bool IsNullable)
{
    // Asked for every object of a configuration, of which there may be thousands.
    private static readonly FrozenDictionary<Type, IReadOnlyList<OptionKey>> All =
        typeof(OptionsObject).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OptionsObject)) && !type.IsAbstract).ToFrozenDictionary(type => type, Read);

    /// <summary>Whether the object is wrong without it.</summary>
    public bool IsRequired { get; } = Property.IsDefined(typeof(RequiredAttribute));

    /// <summary>Whether a value has no effect yet.</summary>
    public bool IsNotBuiltYet { get; } = Property.IsDefined(typeof(NotBuiltYetAttribute));

    /// <summary>Whether its value is a secret, or an object in which the values of some keys are.</summary>
    public bool IsSecret { get; } = Property.IsDefined(typeof(SecretAttribute));

    /// <summary>What it means, with default, unit and range.</summary>
    public string Description => Property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";

    /// <summary>All keys of an options type: its own first, in the order of the source, then those it shares.</summary>
    public static IReadOnlyList<OptionKey> Of(Type type) => All[type];

    private static IReadOnlyList<OptionKey> Read(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => new OptionKey(NameOf(property), property, nullability.Create(property).WriteState == NullabilityState.Nullable))];
    }

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
