using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Readers;

/// <summary>All emulated readers, each subscribed to a feed of its own, and what they should have shown by now.</summary>
internal sealed class Household(Uri atom, Uri rss, TimeProvider clock) : IDisposable
{
    private readonly HttpClient _client = Raw.CreateClient();
    private readonly Thunderbird _thunderbird = new(clock);
    private readonly Miniflux _miniflux = new();
    private readonly PowerAutomate _powerAutomate = new();
    private readonly Dictionary<string, int> _history = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _rung = new(StringComparer.Ordinal);

    /// <summary>What stood in the feeds before the first look.</summary>
    public void ExpectHistory(params IEnumerable<UpstreamItem> items) => Count(_history, items);

    /// <summary>Each of these shall ring once more.</summary>
    public void Expect(params IEnumerable<UpstreamItem> items) => Count(_rung, items);

    /// <summary>An entry of Kwid's own, such as a digest, shall ring once more.</summary>
    public void Expect(string advisory) => _rung[advisory] = _rung.GetValueOrDefault(advisory) + 1;

    /// <summary>Every reader asks once.</summary>
    public async Task PollAsync(CancellationToken cancel)
    {
        foreach (var feed in new[] { atom, rss })
        {
            await _thunderbird.PollAsync(_client, feed, cancel);
            await _miniflux.PollAsync(_client, feed, cancel);
        }

        await _powerAutomate.PollAsync(_client, rss, cancel);
    }

    /// <summary>Nothing missed, nothing invented, nothing twice, no error, for each reader and feed.</summary>
    public void AssertAllRangOnce()
    {
        Dictionary<string, int> all = new(_history, StringComparer.Ordinal);
        foreach (var (id, count) in _rung) all[id] = all.GetValueOrDefault(id) + count;
        foreach (var feed in new[] { atom, rss })
        {
            AssertRang("Thunderbird", feed, _thunderbird.Alarms, all);
            AssertRang("Miniflux", feed, _miniflux.Alarms, all);
        }

        // It fires for what comes after its first look only.
        AssertRang("Power Automate", rss, _powerAutomate.Alarms, _rung);
        Assert.Empty(_thunderbird.Errors.Concat(_miniflux.Errors).Concat(_powerAutomate.Errors));
    }

    public void Dispose() => _client.Dispose();

    private static void AssertRang(string reader, Uri feed, IEnumerable<Alarm> alarms, Dictionary<string, int> expected)
    {
        var rang = alarms.Where(alarm => alarm.Feed == feed).ToList();
        var twice = rang.GroupBy(alarm => alarm.Id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
        var counted = rang.GroupBy(alarm => AdvisoryOf(alarm.Id), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        string[] wrong = [.. expected.Keys.Union(counted.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(id => expected.GetValueOrDefault(id) != counted.GetValueOrDefault(id))
            .Select(id => $"{id}: {counted.GetValueOrDefault(id)} alarms instead of {expected.GetValueOrDefault(id)}")];
        Assert.True(wrong.Length == 0 && !twice.Any(), $"{reader} at {feed}: {string.Join("; ", wrong)}; twice: {string.Join(", ", twice)}");
    }

    /// <summary><c>tag:AUTHORITY:KEY/ADVISORY[/rN]</c>.</summary>
    private static string AdvisoryOf(string id) => id.Split('/') is [_, var advisory, ..] ? advisory : id;

    private static void Count(Dictionary<string, int> counts, IEnumerable<UpstreamItem> items)
    {
        foreach (var item in items) counts[item.Id] = counts.GetValueOrDefault(item.Id) + 1;
    }
}
