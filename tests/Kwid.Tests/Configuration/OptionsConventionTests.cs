using System.ComponentModel;
using System.Reflection;
using System.Text.RegularExpressions;
using Kwid.Configuration;
using Kwid.Configuration.Binding;
using Kwid.Configuration.Options;

namespace Kwid.Tests.Configuration;

public partial class OptionsConventionTests
{
    private static readonly Type[] Sections = [.. typeof(KwidOptions).Assembly.GetTypes().Where(type => typeof(OptionsObject).IsAssignableFrom(type) && !type.IsAbstract)];

    [Fact]
    public void Every_options_class_is_reached_from_the_root_and_so_checked()
    {
        var reached = new HashSet<Type>();
        Follow(typeof(KwidOptions), reached);

        Assert.True(Sections.Length >= 10);
        Assert.Equal(Sections.ToHashSet(), reached);
    }

    [Fact]
    public void Every_class_of_the_namespace_is_an_options_class_a_word_or_a_mark()
    {
        var strangers = typeof(KwidOptions).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(KwidOptions).Namespace && !type.IsNested)
            .Where(type => !typeof(OptionsObject).IsAssignableFrom(type) && !type.IsEnum && !typeof(Attribute).IsAssignableFrom(type));

        Assert.Empty(strangers);
    }

    [Fact]
    public void Every_class_and_key_is_described_and_none_can_be_changed_later()
    {
        Assert.All(Sections, section => Assert.NotNull(section.GetCustomAttribute<DescriptionAttribute>()));
        Assert.All(Sections.SelectMany(OptionKey.Of), key => Assert.NotEmpty(key.Description));
        Assert.All(
            Sections.SelectMany(OptionKey.Of),
            key => Assert.Contains(typeof(System.Runtime.CompilerServices.IsExternalInit), key.Property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()));
    }

    [Fact]
    public void Every_value_says_its_default_and_says_it_right()
    {
        foreach (var section in Sections)
            foreach (var key in OptionKey.Of(section).Where(key => !key.IsRequired && key.Name != "$schema"))
            {
                var initial = key.Property.GetValue(Activator.CreateInstance(section));
                if (initial is OptionsObject) continue;

                var told = DefaultPattern().Match(key.Description);

                Assert.True(told.Success, $"{section.Name}.{key.Name}: '{key.Description}' names no default");
                if (Written(initial) is { } text) Assert.StartsWith(text, told.Groups["value"].Value, StringComparison.Ordinal);
            }
    }

    [Fact]
    public void Docstring_and_description_say_the_same()
    {
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "src/Kwid/Configuration/Options"), "*.cs").Select(File.ReadAllText).ToArray();

        var pairs = sources.SelectMany(text => DocumentedPattern().Matches(text)).ToArray();

        Assert.Equal(Sections.Length + typeof(SubscriptionOptions).GetProperties().Length + typeof(SourceAccessOptions).GetProperties().Length + Sections.Sum(DeclaredKeys), pairs.Length);
        Assert.All(pairs, pair => Assert.Equal(pair.Groups["told"].Value, BlankPattern().Replace(pair.Groups["doc"].Value.Replace("///", "", StringComparison.Ordinal), " ").Trim()));
    }

    [Fact]
    public void Codes_are_unique()
    {
        var codes = typeof(Codes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToArray();

        Assert.Equal(codes.Distinct(StringComparer.Ordinal), codes);
        Assert.All(codes, code => Assert.Matches("^KWD1[0-9]{3}$", code));
    }

    private static int DeclaredKeys(Type section) => section.GetProperties(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Instance).Length;

    private static void Follow(Type type, HashSet<Type> reached)
    {
        foreach (var inner in type.GenericTypeArguments) Follow(inner, reached);
        if (!typeof(OptionsObject).IsAssignableFrom(type) || !reached.Add(type)) return;
        foreach (var property in type.GetProperties()) Follow(property.PropertyType, reached);
    }

    private static string? Written(object? initial) => initial switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        long number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        TimeSpan span => TimeSpanText.Format(span),
        Enum word => Words.Of(word),
        _ => null,
    };

    [GeneratedRegex("Default: (?<value>.+)$", RegexOptions.NonBacktracking)]
    private static partial Regex DefaultPattern();

    [GeneratedRegex("""<summary>(?<doc>[^<]*)</summary>\s*(?:\[(?:Required|NotBuiltYet|Secret|JsonPropertyName[^\]]*)\]\s*)*\[Description\("(?<told>[^"]*)"\)\]""", RegexOptions.NonBacktracking)]
    private static partial Regex DocumentedPattern();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex BlankPattern();
}
