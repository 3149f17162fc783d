using System.Net.Http;

namespace Kwid.Core.Sources;

/// <summary>One HTTP client per route, made when it is first needed: sources share connections wherever they may.</summary>
/// <param name="make">Makes the client of a route.</param>
internal sealed class HttpClients(Func<HttpRoute, HttpClient> make) : IDisposable
{
    private readonly HttpClient _common = make(HttpRoute.Common);
    private readonly Dictionary<HttpRoute, HttpClient> _others = [];
    private readonly Lock _gate = new();

    /// <summary>The client of a route. A file that cannot be used is tried again the next time.</summary>
    /// <exception cref="PemFileException">A file of the route cannot be used.</exception>
    public HttpClient For(HttpRoute route)
    {
        if (ReferenceEquals(route, HttpRoute.Common)) return _common;
        lock (_gate)
        {
            if (!_others.TryGetValue(route, out var client)) _others.Add(route, client = make(route));
            return client;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _common.Dispose();
        lock (_gate)
            foreach (var client in _others.Values) client.Dispose();
    }
}
