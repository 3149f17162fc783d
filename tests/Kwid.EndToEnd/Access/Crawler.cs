using System.Net;
using System.Text.RegularExpressions;

namespace Kwid.EndToEnd.Access;

/// <summary>Reads all that anyone can read: from some addresses on, every link of the service's own, in feeds, lists and pages.</summary>
internal sealed partial class Crawler(HttpClient client, KwidFolder folder)
{
    private const int Most = 2_000;

    /// <summary>Where everything begins that needs no secret.</summary>
    public static IReadOnlyList<string> Seeds(params IEnumerable<string> keys) =>
    [
        "/", "/?q=a", "/status", "/metrics", "/healthz", "/readyz", "/betrieb/", "/betrieb/feed.atom", "/quellen", "/nirgends", "/feeds/nirgends.atom", "/t/kwt_falsch/feeds/alle.atom",
        .. keys.Append("alle").SelectMany(key => new[] { $"/feeds/{key}.atom", $"/feeds/{key}.rss", $"/feeds/{key}.json", $"/kommunen/{key}" }),
    ];

    /// <summary>By address: what was answered.</summary>
    public async Task<IReadOnlyDictionary<string, Raw>> ReadAsync(IEnumerable<string> from, CancellationToken cancel)
    {
        var (read, open) = (new Dictionary<string, Raw>(StringComparer.Ordinal), new Queue<string>(from));
        while (open.TryDequeue(out var path))
        {
            if (read.ContainsKey(path)) continue;
            Assert.True(read.Count < Most, "the crawl does not end");
            var answer = read[path] = await Raw.AskAsync(client, new Uri(folder.Address, path), cancel);
            foreach (Match link in Links().Matches(answer.Text)) open.Enqueue(WebUtility.HtmlDecode(link.Groups["path"].Value));
            if (answer["Location"] is { } elsewhere && elsewhere.StartsWith('/')) open.Enqueue(elsewhere);
        }

        return read;
    }

    [GeneratedRegex("""(?:href|xmlUrl|htmlUrl)="(?:https://pruefstand\.kwid\.example)?(?<path>/[^"#]*)|<code>https://pruefstand\.kwid\.example(?<path>/[^<]*)""", RegexOptions.NonBacktracking)]
    private static partial Regex Links();
}
