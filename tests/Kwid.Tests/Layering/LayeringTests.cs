namespace Kwid.Tests.Layering;

public class LayeringTests
{
    private const string Samples = "Kwid.Tests.Layering.Samples";

    private static readonly IReadOnlyList<Layer> SampleTable =
        [new($"{Samples}.Trespassing", [$"{Samples}.Allowed"]), new($"{Samples}.Allowed", []), new($"{Samples}.Forbidden", [])];

    private static readonly Lazy<IReadOnlyList<NamedType>> SampleViolations =
        new(() => [.. Layers.FindViolations(SampleTable, CompiledCode.ReadReferences(typeof(LayeringTests).Assembly.Location))]);

    [Fact]
    public void Layers_name_only_what_the_table_allows()
    {
        var violations = Product.Files.SelectMany(file => Layers.FindViolations(Layers.Table, CompiledCode.ReadReferences(file)));

        Complaints.AreNone(violations.Select(violation => violation.ToString()));
    }

    [Fact]
    public void Every_namespace_of_the_product_stands_in_the_table()
    {
        var unlisted = Product.Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !Written.ByTheCompiler(type) && Layers.Find(Layers.Table, type.Namespace ?? "") is null)
            .Select(type => $"{type.FullName}: no row of Layers.Table fits namespace '{type.Namespace}'");

        Complaints.AreNone(unlisted);
    }

    [Fact]
    public void The_product_is_looked_at_whole()
    {
        var names = Product.Files.Select(Path.GetFileNameWithoutExtension);

        Assert.Superset(new HashSet<string?> { "Kwid.Core", "Kwid.LiteDb", "kwid" }, names.ToHashSet());
    }

    [Theory]
    [InlineData("InBody")]
    [InlineData("InAsyncMethod")]
    [InlineData("InAsyncLambda")]
    [InlineData("InAsyncClosure")]
    [InlineData("InClosure")]
    [InlineData("InIterator")]
    [InlineData("InNestedType")]
    [InlineData("AsGenericArgument")]
    [InlineData("InSignature")]
    [InlineData("AsAttribute")]
    [InlineData("AsBaseType")]
    [InlineData("AsInterface")]
    [InlineData("AsConstraint`1")]
    [InlineData("AsPattern")]
    [InlineData("AsCatch")]
    [InlineData("AsExtension")]
    [InlineData("OfTheNetwork")]
    public void A_forbidden_reference_is_seen_wherever_it_hides(string trespasser)
    {
        var full = $"{Samples}.Trespassing.{trespasser}";

        Assert.Contains(SampleViolations.Value, violation => violation.Place == full || violation.Place.StartsWith(full + ".", StringComparison.Ordinal)
            || violation.Place.StartsWith(full + "/", StringComparison.Ordinal));
    }

    [Fact]
    public void An_allowed_reference_is_no_violation() =>
        Assert.DoesNotContain(SampleViolations.Value, violation => violation.Place.Contains("Innocent", StringComparison.Ordinal));

    [Theory]
    [InlineData("Kwid.Core.Reading", "Kwid.Core.Matching")]
    [InlineData("Kwid.Core.Reading", "Kwid.Core.Pages")]
    [InlineData("Kwid.Core.Sources", "Kwid.Core.Reading")]
    [InlineData("Kwid.Core.Model", "Kwid.Core.Storage")]
    [InlineData("Kwid.Core.Publishing", "Kwid.Core.Storage")]
    [InlineData("Kwid.Core.Publishing", "Kwid.Core.Pipeline")]
    [InlineData("Kwid.Core.Reading", "System.Net.Http.Headers")]
    [InlineData("Kwid.Core.Pipeline", "System.Net.Http")]
    [InlineData("Kwid.Core.Storage", "LiteDB")]
    [InlineData("Kwid.Core.Storage", "LiteDB.Engine")]
    [InlineData("Kwid.Core.Publishing", "Microsoft.AspNetCore.Http")]
    [InlineData("Kwid.Core.Pipeline", "Quartz")]
    [InlineData("Kwid.LiteDb", "Microsoft.AspNetCore.Builder")]
    [InlineData("Kwid.LiteDb", "Quartz")]
    [InlineData("Kwid.LiteDb", "Kwid.Core.Publishing")]
    [InlineData("Kwid.Web", "Microsoft.Extensions.Configuration")]
    [InlineData("Kwid.Web", "Kwid.LiteDb")]
    [InlineData("Kwid.Web", "Kwid.Cli")]
    [InlineData("Kwid.Demo", "Kwid")]
    [InlineData("Kwid", "Microsoft.Extensions.Configuration.Json")]
    public void The_table_forbids(string from, string to) => Assert.Single(Layers.FindViolations(Layers.Table, [new NamedType(from, "place", to, "type")]));

    [Theory]
    [InlineData("Kwid.Core.Reading", "Kwid.Core.Model")]
    [InlineData("Kwid.Core.Reading.Json", "Kwid.Core.Reading")]
    [InlineData("Kwid.Core.Sources", "System.Net.Http")]
    [InlineData("Kwid.Core.Pipeline", "Kwid.Core.Publishing")]
    [InlineData("Kwid.Configuration", "Microsoft.Extensions.Configuration")]
    [InlineData("Kwid.LiteDb", "LiteDB")]
    [InlineData("Kwid", "Kwid.LiteDb")]
    [InlineData("Kwid.Web", "Microsoft.AspNetCore.Http")]
    [InlineData("Kwid.Web", "Kwid.Service")]
    [InlineData("Kwid.Cli", "Kwid.Demo")]
    public void The_table_allows(string from, string to) => Assert.Empty(Layers.FindViolations(Layers.Table, [new NamedType(from, "place", to, "type")]));

    [Theory]
    [InlineData("Kwid.Core.Elsewhere")]
    [InlineData("Kwid.Surprise")]
    [InlineData("Other")]
    [InlineData("")]
    public void A_namespace_without_a_row_is_noticed(string name) => Assert.Null(Layers.Find(Layers.Table, name));
}
