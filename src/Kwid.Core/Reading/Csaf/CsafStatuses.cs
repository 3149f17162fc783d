using System.Runtime.InteropServices;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Reading.Csaf;

/// <summary>What the vulnerabilities say of products, by product id. What is affected by one is affected, whatever the others say; then comes what mends.</summary>
internal sealed class CsafStatuses
{
    private readonly Dictionary<string, ProductStatus> _statuses = new(StringComparer.Ordinal);
    private JsonElement _last;

    /// <summary>Adds one vulnerability's <c>product_status</c>; the same as the last one's adds nothing.</summary>
    public void Add(JsonElement productStatus)
    {
        if (_last.ValueKind == JsonValueKind.Object && JsonMarshal.GetRawUtf8Value(productStatus).SequenceEqual(JsonMarshal.GetRawUtf8Value(_last))) return;
        _last = productStatus;
        foreach (var group in productStatus.EnumerateObject())
        {
            if (group.Value.ValueKind != JsonValueKind.Array) continue;
            var status = StatusOf(group);
            foreach (var product in group.Value.EnumerateArray())
                if (CsafFields.Text(product) is { } id) Add(id, status);
        }
    }

    /// <summary>Null when nobody says anything of it.</summary>
    public ProductStatus? Find(string id) => _statuses.TryGetValue(id, out var status) ? status : id.EndsWith("-fixed", StringComparison.Ordinal) ? ProductStatus.Fixed : null;

    /// <summary>A group's members are what the group is.</summary>
    public void AddGroup(string group, string member)
    {
        if (_statuses.TryGetValue(group, out var status)) Add(member, status);
    }

    private void Add(string id, ProductStatus status)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_statuses, id, out var isKnown);
        if (!isKnown || Rank(status) < Rank(known)) known = status;
    }

    private static int Rank(ProductStatus status) => status switch { ProductStatus.Affected => 0, ProductStatus.Fixed => 1, ProductStatus.Unknown => 2, _ => 3 };

    private static ProductStatus StatusOf(JsonProperty group)
    {
        if (group.NameEquals("known_affected"u8) || group.NameEquals("last_affected"u8) || group.NameEquals("first_affected"u8)) return ProductStatus.Affected;
        if (group.NameEquals("fixed"u8) || group.NameEquals("first_fixed"u8) || group.NameEquals("recommended"u8)) return ProductStatus.Fixed;
        return group.NameEquals("known_not_affected"u8) ? ProductStatus.NotAffected : ProductStatus.Unknown;
    }
}
