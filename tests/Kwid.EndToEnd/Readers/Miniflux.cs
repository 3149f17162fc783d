using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Kwid.EndToEnd.Readers;

/// <summary>
/// Miniflux: both validators, identity by SHA-256 of the guid per feed, known entries replaced in silence with date and read state kept, and no more
/// polls after the third error in a row.
/// </summary>
internal sealed class Miniflux
{
    private const int MostErrors = 3;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private readonly List<Alarm> _alarms = [];
    private readonly List<string> _errors = [];
    private readonly Dictionary<Uri, Subscription> _subscriptions = [];

    /// <summary>Unread entries that appeared, in the order in which they did.</summary>
    public IReadOnlyList<Alarm> Alarms => _alarms;

    /// <summary>Failed polls.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Whether it gave the feed up.</summary>
    public bool HasStopped(Uri feed) => Get(feed).ErrorsInARow >= MostErrors;

    /// <summary>How long it waits until it asks again: 60 min, or longer if <c>ttl</c>, <c>max-age</c> or <c>Retry-After</c> say so, at most a day.</summary>
    public TimeSpan WaitOf(Uri feed) => Get(feed).Wait;

    /// <summary>Entries as they stand now.</summary>
    public IReadOnlyList<FeedItem> EntriesOf(Uri feed) => [.. Get(feed).Entries.Values];

    /// <summary>Asks once, unless it gave the feed up.</summary>
    public async Task PollAsync(HttpClient client, Uri feed, CancellationToken cancel)
    {
        var subscription = Get(feed);
        if (subscription.ErrorsInARow >= MostErrors) return;

        var reply = await Reply.AskAsync(client, feed, Headers(subscription), cancel);
        subscription.Wait = Clamp(reply.RetryAfter, reply.MaxAge);
        if (reply.Status != 304 && !reply.IsSuccess)
        {
            Fail(subscription, feed, $"status {reply.Status}");
            return;
        }

        try
        {
            if (IsModified(subscription, reply)) Take(subscription, feed, reply);
            subscription.ErrorsInARow = 0;
        }
        catch (XmlException fault)
        {
            Fail(subscription, feed, fault.Message);
        }
    }

    private static IEnumerable<(string Name, string Value)> Headers(Subscription subscription)
    {
        yield return ("User-Agent", "Mozilla/5.0 (compatible; Miniflux/2.2.14; +https://miniflux.app)");
        yield return ("Accept", "application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, text/html, */*;q=0.9");
        yield return ("Accept-Encoding", "br, gzip");
        if (subscription.ETag is { } etag) yield return ("If-None-Match", etag);
        if (subscription.LastModified is { } date) yield return ("If-Modified-Since", date);
    }

    // A 200 with the ETag of last time counts as unmodified, too.
    private static bool IsModified(Subscription subscription, Reply reply) =>
        reply.Status != 304
        && (reply.ETag is { } etag ? etag != subscription.ETag : reply.LastModified is not { } date || date != subscription.LastModified);

    private void Take(Subscription subscription, Uri feed, Reply reply)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in FeedItem.ReadAll(reply.Body, out var ttl))
        {
            subscription.Wait = Clamp(subscription.Wait, ttl);
            var hash = Hash(seen.Add(item.Id) ? item.Id : item.Id + item.Link);
            var shown = item with { Title = item.DcTitle ?? item.Title, Published = item.DcDate ?? item.Published };
            if (subscription.Entries.TryGetValue(hash, out var known)) shown = shown with { Published = known.Published };
            else _alarms.Add(new Alarm(feed, item.Id, shown.Title, shown.Published));
            subscription.Entries[hash] = shown;
        }

        (subscription.ETag, subscription.LastModified) = (reply.ETag, reply.LastModified);
    }

    private void Fail(Subscription subscription, Uri feed, string reason)
    {
        subscription.ErrorsInARow++;
        _errors.Add($"{feed}: {reason}");
    }

    private Subscription Get(Uri feed)
    {
        if (!_subscriptions.TryGetValue(feed, out var subscription)) _subscriptions[feed] = subscription = new Subscription();
        return subscription;
    }

    private static TimeSpan Clamp(params ReadOnlySpan<TimeSpan?> wishes)
    {
        var wait = Shortest;
        foreach (var wish in wishes)
            wait = wish > wait ? wish.Value : wait;
        return wait > Longest ? Longest : wait;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class Subscription
    {
        public Dictionary<string, FeedItem> Entries { get; } = new(StringComparer.Ordinal);

        public string? ETag { get; set; }

        public string? LastModified { get; set; }

        public int ErrorsInARow { get; set; }

        public TimeSpan Wait { get; set; } = Shortest;
    }
}
