namespace Kwid.Core.Model;

/// <summary>A person or organisation as written (RFC 4287 §3.2); null: the source did not say.</summary>
/// <param name="Name">For people.</param>
/// <param name="Email">Mail address.</param>
/// <param name="Uri">Page, possibly relative.</param>
public sealed record RawPerson(string? Name, string? Email = null, string? Uri = null)
{
    /// <summary>What people may see: the name, else mail address or page.</summary>
    public string? Display => Name ?? Email ?? Uri;
}
