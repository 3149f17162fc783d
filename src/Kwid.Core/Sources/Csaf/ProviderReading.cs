using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>What a JSON document says of a provider (CSAF §7.1.7): where its indexes and keys are, or why it is not what was looked for.</summary>
/// <param name="Provider">The provider; null when the document is not its metadata.</param>
/// <param name="Fault">What it is instead; null when all is well.</param>
/// <param name="Cure">What to do about it.</param>
internal sealed record ProviderReading(CsafProvider? Provider, string? Fault = null, string? Cure = null)
{
    private const int MostIndexes = 64;
    private const int MostNamed = 20;

    /// <summary>Whether it is metadata of a provider, though it may be of no use: then nothing else is to be looked for.</summary>
    public bool IsMetadata => Provider is not null || Cure is not null;

    /// <summary>Reads it; a ROLIE feed is a provider of one index.</summary>
    public static ProviderReading Read(FetchedDocument document)
    {
        using var json = LenientJson.TryParse(document.Body);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } root) return new(null, "is no JSON of a CSAF provider");
        if (root.Find("feed").ValueKind == JsonValueKind.Object)
            return new(new CsafProvider(document.Address) { HasMetadata = false, Indexes = [new(document.Address, IsRolie: true, null)] });
        if (root.Find("aggregator").ValueKind == JsonValueKind.Object || root.Find("csaf_providers").ValueKind == JsonValueKind.Array) return ReadAggregator(root);
        if (root.Find("document").ValueKind == JsonValueKind.Object)
            return new(null, "is a single CSAF document", "give the source kind \"feed\", or name the provider's provider-metadata.json");
        return root.Find("distributions").ValueKind == JsonValueKind.Array || root.Text("canonical_url") is not null
            ? ReadMetadata(document.Address, root)
            : new(null, "is JSON, but neither provider-metadata.json nor a ROLIE feed");
    }

    private static ProviderReading ReadMetadata(Uri address, JsonElement root)
    {
        var rolie = root.Items("distributions").SelectMany(each => each.Find("rolie").Items("feeds")).Select(feed => Index(address, feed.Text("url"), feed, isRolie: true));
        var directories = root.Items("distributions")
            .SelectMany(each => new[] { (Url: each.Text("directory_url"), Said: each), (Url: each.Find("directory").Text("url"), Said: each.Find("directory")) })        // 2.0, 2.1
            .Select(each => Index(address, each.Url, each.Said, isRolie: false));
        var feeds = rolie.OfType<IndexPlace>().ToList();
        // Directories repeat what the feeds list; they count where no feed is for all.
        var indexes = feeds.Any(feed => feed.IsOpen) ? feeds : [.. feeds, .. directories.OfType<IndexPlace>()];
        if (indexes.Count == 0)
            return new(null, "is metadata of a CSAF provider without distributions: it names neither a ROLIE feed nor a directory",
                "ask the provider for one, and write its address into the url of the source");
        var keys = root.Items("public_openpgp_keys").Select(key => Resolve(address, key.Text("url")) is { } url ? new KeyPlace(url, key.Text("fingerprint")) : null);
        return new(new CsafProvider(address) { Indexes = [.. indexes.DistinctBy(index => index.Address).Take(MostIndexes)], Keys = [.. keys.OfType<KeyPlace>().Take(MostNamed)] });
    }

    private static ProviderReading ReadAggregator(JsonElement root)
    {
        var metadata = root.Items("csaf_providers").Concat(root.Items("csaf_publishers")).Select(each => each.Find("metadata"));
        var named = metadata.Select(each => each.Text("url") is { } url ? $"{each.Find("publisher").Text("name") ?? "?"} {url}" : null).OfType<string>().ToList();
        var more = named.Count > MostNamed ? $" and {named.Count - MostNamed} more" : "";
        return new(
            null,
            $"lists CSAF providers and is none itself: {(named.Count == 0 ? "(it names none)" : string.Join(", ", named.Take(MostNamed)))}{more}",
            "name the provider-metadata.json of one of them; several are several sources");
    }

    private static IndexPlace? Index(Uri address, string? url, JsonElement said, bool isRolie)
    {
        if (Resolve(address, url) is not { } index) return null;
        if (!isRolie && !index.AbsolutePath.EndsWith('/')) index = new UriBuilder(index) { Path = index.AbsolutePath + "/" }.Uri;
        // A label that we do not know is a closed one.
        var label = said.Text("tlp_label") is not { } text || text.Equals("UNLABELED", StringComparison.OrdinalIgnoreCase) ? (Tlp?)null
            : TlpLabels.TryParse(text, out var known) ? known : Tlp.Red;
        return new IndexPlace(index, isRolie, label);
    }

    private static Uri? Resolve(Uri address, string? written) =>
        written is not null && Uri.TryCreate(address, written, out var uri) && CsafAsker.IsUsable(address, uri) ? uri : null;
}
