using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>Finds where a feed keeps the entries that its document no longer shows: <c>prev-archive</c>, or <c>next</c> of a paged feed (RFC 5005 §3, §4).</summary>
internal static class ArchiveLink
{
    private static readonly string[] Relations = ["prev-archive", "next"];

    /// <summary>The address; null when the document names none on its own host. From https never to http.</summary>
    public static Uri? Find(Source source, ReadStep step)
    {
        if (source.Url.IsFile || source.IsAddressConfidential || step.Address is not { } at) return null;
        foreach (var relation in Relations)
            foreach (var link in step.Head.Links.Where(link => string.Equals(link.Relation, relation, StringComparison.OrdinalIgnoreCase)))
                if (Uri.TryCreate(at, link.Address, out var address) && IsOwn(address, at) && address != at) return address;
        return null;
    }

    private static bool IsOwn(Uri address, Uri document) =>
        address.Authority == document.Authority && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == document.Scheme);
}
