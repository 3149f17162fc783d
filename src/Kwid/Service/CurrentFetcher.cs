using Kwid.Configuration;
using Kwid.Core.Sources;

namespace Kwid.Service;

/// <summary>The fetcher of the configuration in effect. A reload puts another in its place; fetches under way end with the one they began with.</summary>
internal sealed class CurrentFetcher : IFetcher, IDisposable
{
    private readonly TimeProvider _time;
    private readonly List<HttpFetcher> _all = [];
    private volatile HttpFetcher _current;

    public CurrentFetcher(KwidConfiguration configuration, TimeProvider time)
    {
        _time = time;
        _current = Make(configuration);
    }

    /// <summary>Follows a reload.</summary>
    public void Follow(KwidConfiguration configuration) => _current = Make(configuration);

    /// <inheritdoc/>
    public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel) => _current.FetchAsync(request, cancel);

    /// <inheritdoc/>
    public void Dispose() => _all.ForEach(fetcher => fetcher.Dispose());

    private HttpFetcher Make(KwidConfiguration configuration)
    {
        var limits = FetchLimits.Default with { MaxBodyBytes = (int)Math.Min(configuration.MaxBodyBytes, int.MaxValue) };
        var fetcher = new HttpFetcher(configuration.Network, configuration.Polling, _time, limits);
        _all.Add(fetcher);
        return fetcher;
    }
}
