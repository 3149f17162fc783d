namespace Kwid.Tests.Layering;

/// <summary>The architecture as a table. A new folder gets a row here, or the tests fail.</summary>
internal static class Layers
{
    private const string Model = "Kwid.Core.Model";
    private const string Web = "Microsoft.AspNetCore";
    private const string Http = "System.Net.Http";
    private const string Cryptography = "Org.BouncyCastle";

    /// <summary>Foreign namespaces that only some layers may name.</summary>
    public static readonly IReadOnlyList<string> ReservedNamespaces =
        ["LiteDB", "Npgsql", Web, "Microsoft.Extensions.Hosting", "Quartz", "System.CommandLine", "Microsoft.Extensions.Configuration", "OpenTelemetry", Http, Cryptography];

    /// <summary>Every layer of the product.</summary>
    public static readonly IReadOnlyList<Layer> Table =
    [
        new(Model, []),

        // The stages, in the data's order: each knows the model and, but for pages, no other stage.
        new("Kwid.Core.Sources", [Model, "Kwid.Core.Pages", "Kwid.Core.Sources.Csaf"], Http),
        new("Kwid.Core.Sources.Csaf", [Model, "Kwid.Core.Sources"], Cryptography),
        new("Kwid.Core.Reading", [Model]),
        // An HTML page is index and document in one: walk and reading must find the same items in it. It names Reading for charsets
        // and what a body is, Normalising for how deep markup may nest.
        new("Kwid.Core.Pages", [Model, "Kwid.Core.Reading", "Kwid.Core.Normalising"]),
        new("Kwid.Core.Normalising", [Model]),
        new("Kwid.Core.Matching", [Model]),
        new("Kwid.Core.Storage", [Model]),
        new("Kwid.Core.Publishing", [Model, "Kwid.Core.Files"]),

        // Beside the stages: files that only their user may read.
        new("Kwid.Core.Files", []),

        // Beside the stages: who may read by which secret.
        new("Kwid.Core.Access", [Model]),

        // Beside the stages: how sources fare, judged from what polls left behind.
        new("Kwid.Core.Health", [Model]),

        // Care of the whole: backup, copy, check. It reads what the stages wrote and decides nothing.
        new("Kwid.Core.Care", [Model, "Kwid.Core.Storage", "Kwid.Core.Matching", "Kwid.Core.Publishing"]),

        // Only the pipeline knows them all.
        new("Kwid.Core.Pipeline", ["Kwid.Core"]),

        // Drivers know the seam they fill.
        new("Kwid.LiteDb", [Model, "Kwid.Core.Storage", "Kwid.Core.Files"], "LiteDB"),
        new("Kwid.Postgres", [Model, "Kwid.Core.Storage"], "Npgsql"),

        // The program. Only its service knows which driver it runs on; requests never read the store.
        new("Kwid", ["*"], Web, "Microsoft.Extensions.Hosting", "Quartz", "System.CommandLine", Http),
        new("Kwid.Configuration", ["Kwid.Core", "Kwid.Postgres"], "Microsoft.Extensions.Configuration", Web),   // the web host's own parser checks addresses to listen on, the driver's connection strings
        new("Kwid.Service", ["Kwid.Core", "Kwid.Configuration", "Kwid.LiteDb", "Kwid.Postgres"]),
        new("Kwid.Scheduling", ["Kwid.Core", "Kwid.Configuration", "Kwid.Service"], "Quartz", "Microsoft.Extensions.Hosting"),
        new("Kwid.Web", ["Kwid.Core", "Kwid.Configuration", "Kwid.Service", "Kwid.Web"], Web, "Microsoft.Extensions.Hosting"),
        new("Kwid.Web.Operator", ["Kwid.Core", "Kwid.Configuration", "Kwid.Service", "Kwid.Web"], Web),
        new("Kwid.Web.Metrics", ["Kwid.Core", "Kwid.Service", "Kwid.Web.Operator"], Web, "Microsoft.Extensions.Hosting", "OpenTelemetry"),
        new("Kwid.Cli", ["*"], Web, "Microsoft.Extensions.Hosting", "System.CommandLine", Http),
        new("Kwid.Demo", ["Kwid.Core.Model"], Web, "Microsoft.Extensions.Hosting"),
    ];

    /// <summary>The row that rules a namespace: the longest that fits; null when none does.</summary>
    public static Layer? Find(IReadOnlyList<Layer> table, string name) =>
        table.Where(layer => layer.Namespace == name || (layer.Namespace != "Kwid" && IsIn(name, layer.Namespace))).MaxBy(layer => layer.Namespace.Length);

    /// <summary>References that the table forbids.</summary>
    public static IEnumerable<NamedType> FindViolations(IReadOnlyList<Layer> table, IEnumerable<NamedType> references) =>
        references.Where(reference => Find(table, reference.FromNamespace) is { } layer && !MayName(table, layer, reference.ToNamespace));

    private static bool MayName(IReadOnlyList<Layer> table, Layer layer, string name)
    {
        if (Find(table, name) is { } named)
            return named == layer || layer.MayName.Any(allowed => allowed == "*" || (allowed == "Kwid" ? name == allowed : IsIn(name, allowed)));

        return ReservedNamespaces.Where(reserved => IsIn(name, reserved)).All(layer.Reserved.Contains);
    }

    private static bool IsIn(string name, string space) => name == space || name.StartsWith(space + ".", StringComparison.Ordinal);
}
