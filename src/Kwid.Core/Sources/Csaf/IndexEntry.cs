namespace Kwid.Core.Sources.Csaf;

/// <summary>One document as an index lists it.</summary>
/// <param name="Address">Absolute.</param>
/// <param name="Updated">UTC, whole seconds; null where the index does not say.</param>
internal sealed record IndexEntry(Uri Address, DateTimeOffset? Updated)
{
    /// <summary>Where the index says that its hash is; null where it does not.</summary>
    public Uri? Hash { get; init; }

    /// <summary>Where the index says that its signature is; null where it does not.</summary>
    public Uri? Signature { get; init; }

    /// <summary>How people and the core call it: the file's name without its ending.</summary>
    public string Name => NameOf(Address);

    /// <summary>The last part of an address without <c>.json</c>.</summary>
    public static string NameOf(Uri address)
    {
        var name = Uri.UnescapeDataString(address.Segments[^1].TrimEnd('/'));
        return name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? name[..^5] : name;
    }
}
