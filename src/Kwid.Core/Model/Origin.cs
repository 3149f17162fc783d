namespace Kwid.Core.Model;

/// <summary>Whose words a revision carries, as the configuration said when it was stored: what must stand beside them for ever.</summary>
/// <param name="Name">Name of the source.</param>
/// <param name="Attribution">Who is to be named.</param>
/// <param name="License">Terms of the texts.</param>
/// <param name="Address">The source's address without user name and password, its host alone where it may hold a secret; a made-up URN for a folder.</param>
public sealed record Origin(string Name, string Attribution, string License, string Address)
{
    /// <summary>The origin of what a source says.</summary>
    public static Origin Of(Source source)
    {
        var address = source.Url.IsFile ? "urn:kwid:source:" + source.Id
            : source.IsAddressConfidential ? source.Url.GetLeftPart(UriPartial.Scheme) + source.Url.Host + "/"
            : source.Url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        return new Origin(source.Name, source.Attribution, source.License, address);
    }
}
