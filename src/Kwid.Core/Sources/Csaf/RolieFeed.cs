using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Reads a ROLIE feed of CSAF documents (RFC 8322; CSAF §7.1.15). CISA says <c>ref</c> for <c>rel</c> in places.</summary>
internal static class RolieFeed
{
    /// <summary>What it lists; null when it is none.</summary>
    public static IndexContent? TryRead(FetchedDocument document)
    {
        using var json = LenientJson.TryParse(document.Body);
        if (json is null || json.RootElement.Find("feed") is not { ValueKind: JsonValueKind.Object } feed) return null;
        var (entries, unusable, seen) = (new List<IndexEntry>(), new List<string>(), new HashSet<Uri>());
        foreach (var entry in feed.Items("entry"))
            if (Read(document.Address, entry) is not { } read) unusable.Add(entry.Text("id") ?? entry.Text("title") ?? "?");
            else if (seen.Add(read.Address)) entries.Add(read);
        return new IndexContent(entries, unusable);
    }

    private static IndexEntry? Read(Uri address, JsonElement entry)
    {
        var links = entry.Items("link").Select(link => (Rel: link.Text("rel") ?? link.Text("ref"), Href: link.Text("href"))).ToList();
        var source = entry.Find("content").Text("src") ?? links.FirstOrDefault(link => link.Rel == "self").Href;
        if (Resolve(address, source) is not { } document) return null;
        var hashes = links.Where(link => link.Rel == "hash").Select(link => Resolve(address, link.Href)).OfType<Uri>().ToList();
        return new IndexEntry(document, IndexDates.Find(entry.Text("updated")))
        {
            Hash = hashes.Find(hash => Is(hash, ".sha512")) ?? hashes.Find(hash => Is(hash, ".sha256")),
            Signature = links.Where(link => link.Rel == "signature").Select(link => Resolve(address, link.Href)).FirstOrDefault(),
        };
    }

    private static bool Is(Uri hash, string ending) => hash.AbsolutePath.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private static Uri? Resolve(Uri address, string? written) =>
        written is not null && Uri.TryCreate(address, written, out var uri) && CsafAsker.IsUsable(address, uri) ? uri : null;
}
