using System.Xml;

namespace Kwid.EndToEnd.Readers;

/// <summary>
/// The RSS trigger of Power Automate, the way into Teams: no conditional requests, no ids. It fires for items whose date of publication is strictly
/// later than the latest it has seen; what is there at the first poll fires nothing. A body over 5 MB is an error.
/// </summary>
internal sealed class PowerAutomate
{
    private const int LargestBody = 5 * 1024 * 1024;
    private readonly List<Alarm> _alarms = [];
    private readonly List<string> _errors = [];
    private readonly Dictionary<Uri, DateTimeOffset> _last = [];

    /// <summary>Runs of the flow, oldest item of a poll first.</summary>
    public IReadOnlyList<Alarm> Alarms => _alarms;

    /// <summary>Failed polls; it asks again next time.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Asks once.</summary>
    public async Task PollAsync(HttpClient client, Uri feed, CancellationToken cancel)
    {
        var reply = await Reply.AskAsync(client, feed, [("User-Agent", "azure-logic-apps/1.0")], cancel);
        if (!reply.IsSuccess || reply.Body.Length > LargestBody)
        {
            _errors.Add($"{feed}: status {reply.Status}, {reply.Body.Length} bytes");
            return;
        }

        try
        {
            Take(feed, FeedItem.ReadAll(reply.Body, out _));
        }
        catch (XmlException fault)
        {
            _errors.Add($"{feed}: {fault.Message}");
        }
    }

    private void Take(Uri feed, IReadOnlyList<FeedItem> items)
    {
        var isFirst = !_last.TryGetValue(feed, out var last);
        var fresh = items.Where(item => item.Published > last).OrderBy(item => item.Published).ToList();
        if (!isFirst) _alarms.AddRange(fresh.Select(item => new Alarm(feed, item.Id, item.Title, item.Published)));
        _last[feed] = fresh is [.., var newest] ? newest.Published!.Value : last;
    }
}
