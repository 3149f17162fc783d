namespace Kwid.Core.Sources;

/// <summary>What a failure's sentence is about: which source, and which address on the way.</summary>
/// <param name="Request">As the walk asked it.</param>
/// <param name="Address">Where it has come to, after redirects.</param>
internal sealed record FetchSubject(FetchRequest Request, Uri Address)
{
    /// <summary>A failure's sentence: the subject, what was found, what to do.</summary>
    public string Say(string finding, string cure)
    {
        var way = Address == Request.Address ? "" : $" (redirected from {Tell(Request.Address)})";
        return $"Source '{Request.Source.Id}': {Tell(Address)}{way} {finding}; {cure}.";
    }

    /// <summary>An address for people; the host alone where the configuration keeps the address secret.</summary>
    public string Tell(Uri address) => Request.Source.IsAddressConfidential ? $"{address.Scheme}://{address.Host}/…" : Shown(address);

    /// <summary>Names the place to correct.</summary>
    public string Setting => $"the url of source '{Request.Source.Id}' in feeds.config.json";

    /// <summary>Names the place where the proxy in use is set.</summary>
    public string ProxySetting => Request.Source.Access.Proxy is null ? "network.proxy (or HTTPS_PROXY)" : $"the proxy of source '{Request.Source.Id}'";

    /// <summary>The address without user, password and fragment: what is asked, and what links are resolved against.</summary>
    public static string Shown(Uri address) => address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
}
