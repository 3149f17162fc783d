using System.Globalization;
using System.Net;
using System.Net.Http;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Kwid.Core.Sources;

/// <summary>
/// The network as it is: conditional GET over HTTP, redirects step by step, each request in its host's turn and within limits, each connection past the guard.
/// One for the life of the process, because turns and circuits hold across all sources.
/// </summary>
public sealed class HttpFetcher : IFetcher, IDisposable
{
    private readonly HttpClient _client;
    private readonly HttpExchange _exchange;
    private readonly HostLines _lines;
    private readonly FetchLimits _limits;
    private readonly TimeProvider _time;

    /// <param name="network">Guard, proxy, authorities, User-Agent.</param>
    /// <param name="polling">The pause per host.</param>
    /// <param name="time">For pauses, limits and circuits.</param>
    /// <param name="limits">Bounds of a fetch; null for the defaults.</param>
    /// <exception cref="ArgumentException">The policy names something unreadable: an entry of <c>network.allow</c>, the file of <c>network.caFile</c>.</exception>
    public HttpFetcher(NetworkPolicy network, PollingPolicy polling, TimeProvider time, FetchLimits? limits = null)
        : this(network, polling, time, limits ?? FetchLimits.Default, (host, cancel) => Dns.GetHostAddressesAsync(host, cancel))
    {
    }

    internal HttpFetcher(NetworkPolicy network, PollingPolicy polling, TimeProvider time, FetchLimits limits, NameLookup lookup, IWebProxy? environment = null)
    {
        (_time, _limits) = (time, limits);
        var guard = new AddressGuard(network.Allow);
        // The default proxy is that of HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.
        _client = HttpTransport.Create(network, environment ?? HttpClient.DefaultProxy, guard, lookup, limits, time);
        _exchange = new HttpExchange(_client, guard, network.UserAgent, limits, time);
        _lines = new HostLines(new HostPacer(polling.PerHostPause, time), limits, time);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The address is not http or https.</exception>
    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        if (!IsWeb(request.Address)) throw new ArgumentException($"'{request.Address}' is not an absolute http or https address.", nameof(request));

        var budget = new RequestBudget(_limits.Total, _time);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var subject = new FetchSubject(request, request.Address);
        while (true)
        {
            visited.Add(FetchSubject.Shown(subject.Address));
            var answer = await AskAsync(subject, budget, cancel);
            if (answer is Answer.Final final) return final.Outcome;

            var redirect = (Answer.Redirect)answer;
            if (FindRefusal(subject, redirect, visited) is { } refused) return refused;
            subject = subject with { Address = redirect.Target };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<Answer> AskAsync(FetchSubject subject, RequestBudget budget, CancellationToken cancel)
    {
        var line = _lines.For(subject.Address);
        var context = ResilienceContextPool.Shared.Get(cancel);
        budget.AttachTo(context);
        try
        {
            return await line.Pipeline.ExecuteAsync(
                (at, subject) => budget.SpendAsync(() => _exchange.AskAsync(subject, at.CancellationToken)), context, subject);
        }
        catch (TimeoutRejectedException)
        {
            return Failure(
                subject,
                string.Create(CultureInfo.InvariantCulture, $"had not answered to the end within {_limits.Total.TotalSeconds:0.#} s"),
                "the server or the line is overloaded; it is asked again by itself");
        }
        catch (BrokenCircuitException open)
        {
            var until = _time.GetUtcNow() + (open.RetryAfter ?? HostLines.Break);
            return Failure(
                subject,
                $"was not asked: its host failed again and again (last: {line.LastFault})",
                string.Create(CultureInfo.InvariantCulture, $"it is asked again by itself after {until:yyyy-MM-dd HH:mm:ss} UTC"));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private FetchOutcome.Failed? FindRefusal(FetchSubject subject, Answer.Redirect redirect, HashSet<string> visited)
    {
        var (target, told) = (FetchSubject.Shown(redirect.Target), subject.Tell(redirect.Target));
        var correct = $"open the address in a browser and correct {subject.Setting}";
        var finding =
            !IsWeb(redirect.Target) ? $"redirects to {redirect.Target.Scheme}:, which is not the web"
            : subject.Address.Scheme == Uri.UriSchemeHttps && redirect.Target.Scheme == Uri.UriSchemeHttp ? $"redirects from https to unprotected {told}, which is never followed"
            : visited.Contains(target) ? $"redirects in a circle, back to {told}"
            : visited.Count > _limits.Redirects ? $"redirects on to {told} after {_limits.Redirects} redirects already"
            : null;
        return finding is null ? null : new FetchOutcome.Failed(redirect.Status, subject.Say(finding, correct));
    }

    private static Answer.Final Failure(FetchSubject subject, string finding, string cure) =>
        new(new FetchOutcome.Failed(null, subject.Say(finding, cure)));

    private static bool IsWeb(Uri address) => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
