using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Kwid.Core.Storage;
using Kwid.Tests.Configuration;

namespace Kwid.Tests.Storage;

/// <summary>docs/datenschutz.md names every field that stores keep: each is in the table of those that can relate to a person, or in the list of those that can't.</summary>
public sealed partial class PrivacyTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "datenschutz.md"));

    [Fact]
    public void Every_stored_field_is_in_the_table_of_personal_data_or_in_the_list_of_the_others()
    {
        var (stored, told) = (StoredFields(), Told());

        var missing = stored.Except(told).Order(StringComparer.Ordinal).ToList();

        Assert.True(stored.Count > 100);
        Assert.True(missing.Count == 0, $"docs/datenschutz.md does not name: {string.Join(", ", missing)}. Can it relate to a person? Then give it a row of the table, with purpose and period; else a place in the list below it.");
    }

    [Fact]
    public void No_field_is_named_that_is_not_stored()
    {
        var gone = Told().Except(StoredFields());

        Assert.Empty(gone);
    }

    [Fact]
    public void Every_row_of_personal_data_says_purpose_period_and_what_deletes_it()
    {
        var rows = Document.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.True(row.Trim('|').Split('|').Where(cell => cell.Trim().Length > 2).Count() == 4, row));
    }

    private static HashSet<string> Told() => [.. Field().Matches(Document).Select(match => match.Groups["field"].Value)];

    /// <summary>As Type.field, of all types that a store's records reach.</summary>
    private static HashSet<string> StoredFields()
    {
        var (fields, seen, open) = (new HashSet<string>(), new HashSet<Type>(), new Queue<Type>([typeof(StoreRecord)]));
        while (open.TryDequeue(out var type))
        {
            if (!seen.Add(type)) continue;
            var info = StoreJson.Default.GetTypeInfo(type)!;
            foreach (var derived in info.PolymorphismOptions?.DerivedTypes ?? []) open.Enqueue(derived.DerivedType);
            foreach (var inner in new[] { info.ElementType, info.KeyType, Nullable.GetUnderlyingType(type) }.OfType<Type>()) open.Enqueue(inner);
            if (info.Kind != JsonTypeInfoKind.Object) continue;
            foreach (var property in info.Properties.Where(property => property is { Get: not null } and ({ Set: not null } or { AssociatedParameter: not null })))
            {
                if (!typeof(StoreRecord).IsAssignableFrom(type)) fields.Add($"{type.Name}.{property.Name}");
                open.Enqueue(property.PropertyType);
            }
        }

        return fields;
    }

    [GeneratedRegex("`(?<field>[A-Z][A-Za-z]+\\.[a-z][A-Za-z0-9]*)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Field();
}
