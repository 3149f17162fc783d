using Kwid.Core.Model;

namespace Kwid.Core.Reading.Csaf;

/// <summary>Collects a document's products: distinct, at most 500, affected and fixed ones before any others. A document may have a hundred thousand.</summary>
internal sealed class KeptProducts
{
    private const int Most = 500;

    /// <summary>So many places are kept for what mends.</summary>
    private const int MostFixed = 200;

    private readonly HashSet<Product> _known = [];
    private readonly List<(int Order, Product Product)> _affected = [], _fixed = [], _others = [];

    /// <summary>Whether another one with that status would not be kept.</summary>
    public bool IsFull(ProductStatus status) => Of(status).Count == Most;

    public void Add(Product product)
    {
        var list = Of(product.Status);
        if (list.Count < Most && _known.Add(product)) list.Add((_known.Count, product));
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<Product> ToList()
    {
        var kept = _affected.Take(Most - Math.Min(_fixed.Count, MostFixed)).ToList();
        kept.AddRange(_fixed.Take(Most - kept.Count));
        kept.AddRange(_others.Take(Most - kept.Count));
        kept.Sort((one, other) => one.Order.CompareTo(other.Order));
        return kept.ConvertAll(each => each.Product);
    }

    private List<(int Order, Product Product)> Of(ProductStatus status) => status switch { ProductStatus.Affected => _affected, ProductStatus.Fixed => _fixed, _ => _others };
}
