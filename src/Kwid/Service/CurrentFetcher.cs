using Kwid.Configuration;
using Kwid.Core.Sources;

namespace Kwid.Service;

/// <summary>
/// The fetcher of the configuration in effect. A reload puts another in its place; fetches under way end with the one they began with. Hosts notice nothing of
/// it: their turns and what they asked for are handed on.
/// </summary>
internal sealed class CurrentFetcher : IFetcher, IDisposable
{
    private readonly TimeProvider _time;
    private readonly HostPacer _pacer;
    private readonly List<HttpFetcher> _all = [];
    private volatile HttpFetcher _current;

    public CurrentFetcher(KwidConfiguration configuration, TimeProvider time)
    {
        (_time, Patience, _pacer) = (time, new HostPatience(time), new HostPacer(configuration.Polling.PerHostPause, time));
        _current = Make(configuration);
    }

    /// <summary>Who wants to be left alone; at start it is told what the stored states know.</summary>
    public HostPatience Patience { get; }

    /// <summary>Follows a reload.</summary>
    public void Follow(KwidConfiguration configuration) => _current = Make(configuration);

    /// <inheritdoc/>
    public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel) => _current.FetchAsync(request, cancel);

    /// <inheritdoc/>
    public void Dispose() => _all.ForEach(fetcher => fetcher.Dispose());

    private HttpFetcher Make(KwidConfiguration configuration)
    {
        var limits = FetchLimits.Default with { MaxBodyBytes = (int)Math.Min(configuration.MaxBodyBytes, int.MaxValue) };
        var fetcher = new HttpFetcher(configuration.Network, configuration.Polling, _time, limits, Patience, _pacer);
        _all.Add(fetcher);
        return fetcher;
    }
}
