using System.Xml;

namespace Kwid.EndToEnd.Readers;

/// <summary>
/// Thunderbird's feed account: conditional by date only, one set of ids over all feeds of the account, content of known ids ignored, and a single
/// answer that is neither 2xx nor 304 pauses the feed until its user notices.
/// </summary>
internal sealed class Thunderbird(TimeProvider clock)
{
    private const string FirstDate = "Sat, 01 Jan 2000 00:00:00 GMT";
    private static readonly TimeSpan Remembers = TimeSpan.FromDays(1);
    private readonly List<Alarm> _alarms = [];
    private readonly List<string> _errors = [];
    private readonly HashSet<Uri> _paused = [];
    private readonly Dictionary<Uri, string> _dates = [];
    private readonly Dictionary<string, (Uri Feed, DateTimeOffset Seen)> _known = [];

    /// <summary>New messages, in the order in which they arrived.</summary>
    public IReadOnlyList<Alarm> Alarms => _alarms;

    /// <summary>What made it pause a feed.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Whether it no longer asks for the feed.</summary>
    public bool IsPaused(Uri feed) => _paused.Contains(feed);

    /// <summary>Asks once, unless the feed is paused.</summary>
    public async Task PollAsync(HttpClient client, Uri feed, CancellationToken cancel)
    {
        if (_paused.Contains(feed)) return;

        var reply = await Reply.AskAsync(client, feed, Headers(feed), cancel);
        if (reply.Status == 304) return;
        if (!reply.IsSuccess)
        {
            Pause(feed, $"status {reply.Status}");
            return;
        }

        try
        {
            Take(feed, FeedItem.ReadAll(reply.Body, out _));
            _dates[feed] = reply.LastModified ?? FirstDate;
        }
        catch (XmlException fault)
        {
            Pause(feed, fault.Message);
        }
    }

    private IEnumerable<(string Name, string Value)> Headers(Uri feed) =>
    [
        ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.5.0"),
        ("Accept", "application/atom+xml,application/rss+xml;q=0.9,application/rdf+xml;q=0.8,application/xml;q=0.7,text/xml;q=0.6,*/*;q=0.1"),
        ("Accept-Encoding", "gzip, deflate, br"),
        ("If-Modified-Since", _dates.GetValueOrDefault(feed, FirstDate)),
    ];

    private void Take(Uri feed, IReadOnlyList<FeedItem> items)
    {
        var now = clock.GetUtcNow();
        foreach (var item in items)
        {
            if (!_known.ContainsKey(item.Id)) _alarms.Add(new Alarm(feed, item.Id, item.Title, item.Published ?? item.Updated));
            _known[item.Id] = (_known.TryGetValue(item.Id, out var known) ? known.Feed : feed, now);
        }

        // An item that left its feed a day ago is forgotten: it would be new again.
        foreach (var (id, (_, _)) in _known.Where(known => known.Value.Feed == feed && now - known.Value.Seen > Remembers).ToList())
            _known.Remove(id);
    }

    private void Pause(Uri feed, string reason)
    {
        _paused.Add(feed);
        _errors.Add($"{feed}: {reason}");
    }
}
