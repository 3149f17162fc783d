using Kwid.Configuration.Json;
using Kwid.Core.Sources;

namespace Kwid.Configuration.Binding;

/// <summary>Keeps secrets out of the configuration and out of what is said about it.</summary>
internal static class Secrets
{
    /// <summary>The same value, but no mistake shows it; of an object, those of its values whose keys name credentials.</summary>
    public static Node Veil(Node node) => node.Kind is NodeKind.Object
        ? node with { Members = [.. node.Members.Select(member => SecretHeaders.IsSecret(member.Key) ? member with { Value = Veil(member.Value) } : member)] }
        : node with { IsSecret = true };

    /// <summary>Secrets that stand there themselves. In a header other words may stand beside the reference: "Bearer ${env:TOKEN}".</summary>
    public static IEnumerable<Node> FindClear(Node node) => node.Kind is NodeKind.Object
        ? node.Members.Select(member => member.Value).Where(value => IsOpen(value) && !Substitution.IsIn(value.Text))
        : IsOpen(node) && !Substitution.IsAll(node.Text) ? [node] : [];

    private static bool IsOpen(Node node) => node is { IsSecret: true, Kind: NodeKind.Text or NodeKind.Number };
}
