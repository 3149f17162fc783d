namespace Kwid.Core.Reading.Csaf;

/// <summary>What the branches from the root of a product tree down to one say of the products below it.</summary>
internal readonly record struct CsafBranch(string? Vendor, string? Family, string? Product, string? Version)
{
    /// <summary>The product's, else its family's.</summary>
    public string? Name => Product ?? Family;

    /// <summary>One branch further down; the outermost name of a product is its name, what follows is its version.</summary>
    public CsafBranch Enter(string? category, string? name) => (category, name) switch
    {
        (_, null) => this,
        ("vendor", _) => this with { Vendor = Vendor ?? name },
        ("product_family", _) => this with { Family = name },
        ("product_name", _) when Product is null => this with { Product = name },
        ("product_name" or "product_version" or "product_version_range", _) => this with { Version = name },
        ("service_pack" or "patch_level" or "specification", _) => this with { Version = Version is null ? name : $"{Version} {name}" },
        _ => this,
    };
}
