using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Reading.Csaf;

/// <summary>The product tree (CSAF 2.0 §3.2.2): branches, full product names, relationships, groups.</summary>
internal sealed class CsafProducts(CsafFields fields, CsafStatuses statuses)
{
    private readonly KeptProducts _kept = new();

    /// <summary>By product id, only where relationships name them.</summary>
    private Dictionary<string, Product>? _byId;

    public IReadOnlyList<Product> Read(JsonElement root)
    {
        if (fields.Find(root, "product_tree"u8) is not { } tree) return [];
        foreach (var group in fields.List(tree, "product_groups"u8)) AddGroup(group);
        var components = FindComponents(tree);
        Walk(tree, default, components);
        foreach (var name in fields.List(tree, "full_product_names"u8))
            if (fields.IsObject(name, "full_product_names"u8)) Add(name, default, components);
        if (components is not null)
            foreach (var relationship in fields.List(tree, "relationships"u8)) AddRelationship(relationship);
        return _kept.ToList();
    }

    private void AddGroup(JsonElement group)
    {
        if (!fields.IsObject(group, "product_groups"u8) || fields.Text(group, "group_id"u8) is not { } id) return;
        foreach (var member in fields.List(group, "product_ids"u8))
            if (CsafFields.Text(member) is { } product) statuses.AddGroup(id, product);
    }

    /// <summary>What is part of something else, by product id; null when there are no relationships.</summary>
    private HashSet<string>? FindComponents(JsonElement tree)
    {
        if (fields.Count(tree, "relationships"u8) == 0) return null;
        _byId = new(StringComparer.Ordinal);
        var components = new HashSet<string>(StringComparer.Ordinal);
        foreach (var relationship in fields.List(tree, "relationships"u8))
            if (fields.IsObject(relationship, "relationships"u8) && fields.Text(relationship, "product_reference"u8) is { } component) components.Add(component);
        return components;
    }

    private void Walk(JsonElement owner, CsafBranch around, HashSet<string>? components)
    {
        foreach (var branch in fields.List(owner, "branches"u8))
        {
            if (!fields.IsObject(branch, "branches"u8)) continue;
            var here = around.Enter(fields.Text(branch, "category"u8), fields.Text(branch, "name"u8));
            if (fields.Find(branch, "product"u8) is { } product) Add(product, here, components);
            Walk(branch, here, components);
        }
    }

    /// <summary>A component of which nobody says anything by itself stands for nothing.</summary>
    private void Add(JsonElement fullName, CsafBranch branch, HashSet<string>? components)
    {
        var id = fields.Text(fullName, "product_id"u8);
        var status = id is null ? null : statuses.Find(id);
        var isComponent = status is null && id is not null && components?.Contains(id) == true;
        if (_byId is null && _kept.IsFull(status ?? ProductStatus.Unknown)) return;
        var name = branch.Name ?? fields.Text(fullName, "name"u8) ?? id;
        if (name is null) fields.Tell("a product has neither a name nor a \"product_id\"; it was left out.");
        else Keep(id, WithIds(new Product(branch.Vendor, name, branch.Version == name ? null : branch.Version, status ?? ProductStatus.Unknown), fullName), isComponent);
    }

    private void Keep(string? id, Product product, bool isComponent)
    {
        if (id is not null) _byId?[id] = product;
        if (!isComponent) _kept.Add(product);
    }

    /// <summary>A part of something: its own name, and in brackets what it is part of.</summary>
    private void AddRelationship(JsonElement relationship)
    {
        if (fields.Find(relationship, "full_product_name"u8) is not { } fullName || fields.Text(fullName, "product_id"u8) is not { } id) return;
        var status = statuses.Find(id) ?? ProductStatus.Unknown;
        var component = fields.Text(relationship, "product_reference"u8) is { } part ? _byId!.GetValueOrDefault(part) : null;
        var whole = fields.Text(relationship, "relates_to_product_reference"u8) is { } around ? _byId!.GetValueOrDefault(around) : null;
        var name = component is null || whole is null ? fields.Text(fullName, "name"u8) ?? id : $"{component.Name} ({whole.Name})";
        var product = new Product(component?.Vendor ?? whole?.Vendor, name, component is null || whole is null ? null : component.Version, status) { Cpe = component?.Cpe ?? whole?.Cpe, Purl = component?.Purl };
        Keep(id, WithIds(product, fullName), isComponent: false);
    }

    private Product WithIds(Product product, JsonElement fullName)
    {
        if (fields.Find(fullName, "product_identification_helper"u8) is not { } helper) return product;
        var purl = fields.Text(helper, "purl"u8);
        if (purl is null)
            foreach (var one in fields.List(helper, "purls"u8)) purl ??= CsafFields.Text(one);
        return product with { Cpe = fields.Text(helper, "cpe"u8) ?? product.Cpe, Purl = purl ?? product.Purl };
    }
}
