using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>By which keys an entry's advisory is found, in the order of look-up: (source, guid), native id, permalink with title.</summary>
public static class IdentityKeys
{
    /// <summary>
    /// The entries of one document with their keys, strongest first. Where several entries bear one guid but other titles, the guid says nothing
    /// and is left out; likewise the permalink where several guids share it with one title. Of entries that are one advisory by their keys only the newest is kept: a list that shows an advisory twice shows its past.
    /// </summary>
    /// <param name="entries">All of one source.</param>
    /// <param name="formerIds">Ids that the source had before: what it told under them it told.</param>
    public static IReadOnlyList<IdentifiedEntry> OfDocument(IReadOnlyList<Entry> entries, IReadOnlyList<SourceId> formerIds)
    {
        var worthless = entries.GroupBy(entry => entry.Guid, StringComparer.Ordinal)
            .Where(group => group.Any(entry => entry.NativeId is null) && group.DistinctBy(entry => entry.Title, StringComparer.Ordinal).Skip(1).Any())
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        var lists = entries.Where(entry => entry.Permalink is not null)
            .GroupBy(entry => (entry.Permalink!.AbsoluteUri, entry.Title))
            .Where(group => group.DistinctBy(entry => entry.Guid, StringComparer.Ordinal).Skip(1).Any())
            .Select(group => group.Key)
            .ToHashSet();
        return [.. entries
            .Select(entry => new IdentifiedEntry(entry, Of(entry, formerIds, !worthless.Contains(entry.Guid), entry.Permalink is { } link && !lists.Contains((link.AbsoluteUri, entry.Title)))))
            .GroupBy(item => item.Entry.NativeId?.ToString() ?? item.Keys[0], StringComparer.Ordinal)
            .Select(group => group.OrderByDescending(item => item.Entry.UpstreamDate ?? DateTimeOffset.MaxValue).First())];
    }

    /// <summary>Whether a key is a publisher's own id.</summary>
    public static bool IsNative(string key) => key.StartsWith("n:", StringComparison.Ordinal);

    /// <summary>The key of a publisher's own id.</summary>
    public static string OfNative(AdvisoryId native) => $"n:{native}";

    /// <summary>The id that a new advisory gets: the publisher's, else one made of the strongest key.</summary>
    public static AdvisoryId NewId(IdentifiedEntry item) =>
        item.Entry.NativeId ?? new AdvisoryId($"{item.Entry.Source}.{item.Keys[0].Split(':')[^1]}");

    private static List<string> Of(Entry entry, IReadOnlyList<SourceId> formerIds, bool guidTells, bool linkTells)
    {
        var ids = formerIds.Prepend(entry.Source).ToList();
        var keys = new List<string>();
        if (guidTells) keys.AddRange(ids.Select(id => $"g:{id}:{Hash(entry.Guid)}"));
        if (entry.NativeId is { } native) keys.Add(OfNative(native));
        // A permalink alone may be the address of a list. With the same title it is the same page, even when the source rebuilt its guids.
        else if (linkTells && entry.Permalink is { } link) keys.AddRange(ids.Select(id => $"p:{id}:{Hash(link.AbsoluteUri + '\n' + entry.Title)}"));
        if (keys.Count == 0) keys.AddRange(ids.Select(id => $"t:{id}:{Hash(entry.Guid + '\n' + entry.Title)}"));
        return keys;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
}
