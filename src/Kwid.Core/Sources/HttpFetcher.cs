using System.Globalization;
using System.Net;
using System.Net.Http;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Kwid.Core.Sources;

/// <summary>
/// The network as it is: conditional GET over HTTP, redirects step by step, each request in its host's turn and within limits, each connection past the guard.
/// One for the life of a configuration; turns and patience, which must outlive it, are handed from one to the next.
/// </summary>
public sealed class HttpFetcher : IFetcher, IDisposable
{
    private readonly HttpClients _clients;
    private readonly HttpExchange _exchange;
    private readonly HostLines _lines;
    private readonly HostPatience _patience;
    private readonly ServerCertificates _certificates = new();
    private readonly FetchLimits _limits;
    private readonly TimeProvider _time;

    /// <param name="network">Guard, proxy, authorities, User-Agent.</param>
    /// <param name="polling">The pause per host.</param>
    /// <param name="time">For pauses, limits and circuits.</param>
    /// <param name="limits">Bounds of a fetch; null for the defaults.</param>
    /// <param name="patience">Who wants to be left alone; null for a memory of its own.</param>
    /// <param name="pacer">Gives the hosts' turns, from now on with this policy's pause; null for turns of its own.</param>
    /// <exception cref="ArgumentException">The policy names something unreadable: an entry of <c>network.allow</c>, the file of <c>network.caFile</c>.</exception>
    public HttpFetcher(NetworkPolicy network, PollingPolicy polling, TimeProvider time, FetchLimits? limits = null, HostPatience? patience = null, HostPacer? pacer = null)
        : this(network, polling, time, limits ?? FetchLimits.Default, (host, cancel) => Dns.GetHostAddressesAsync(host, cancel), null, patience, pacer)
    {
    }

    internal HttpFetcher(
        NetworkPolicy network, PollingPolicy polling, TimeProvider time, FetchLimits limits, NameLookup lookup,
        IWebProxy? environment = null, HostPatience? patience = null, HostPacer? pacer = null)
    {
        (_time, _limits, _patience) = (time, limits, patience ?? new HostPatience(time));
        var guard = new AddressGuard(network.Allow);
        // The default proxy is that of HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.
        var transport = new HttpTransport(network, environment ?? HttpClient.DefaultProxy, guard, _certificates, lookup, limits, time);
        try
        {
            _clients = new HttpClients(transport.Make);
        }
        catch (PemFileException unusable)
        {
            throw new ArgumentException($"network.caFile: {unusable.Message}", nameof(network), unusable);
        }

        pacer ??= new HostPacer(polling.PerHostPause, time);
        pacer.Pause = polling.PerHostPause;
        _exchange = new HttpExchange(_clients, guard, network.UserAgent, limits, time);
        _lines = new HostLines(pacer, limits, time);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The address is not http or https.</exception>
    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        if (!IsWeb(request.Address)) throw new ArgumentException($"'{request.Address}' is not an absolute http or https address.", nameof(request));

        var (budget, trace, visited) = (new RequestBudget(_limits.Total, _time), new FetchTrace(request), new HashSet<string>(StringComparer.Ordinal));
        var (subject, isForGood) = (new FetchSubject(request, request.Address), true);
        while (true)
        {
            visited.Add(FetchSubject.Shown(subject.Address));
            var answer = await AskAsync(subject, trace, budget, cancel);
            if (answer is Answer.Final final) return Complete(final.Outcome, subject, trace, isForGood);

            var redirect = (Answer.Redirect)answer;
            if (FindRefusal(subject, redirect, visited) is { } refused) return Complete(refused, subject, trace, isForGood);
            (subject, isForGood) = (subject with { Address = redirect.Target }, isForGood && redirect.Status is 301 or 308);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();

    private FetchOutcome Complete(FetchOutcome outcome, FetchSubject subject, FetchTrace trace, bool isForGood) => outcome with
    {
        Exchanges = trace.Exchanges,
        MovedTo = isForGood ? FindMove(outcome, subject) : null,
        CertificateExpires = trace.LastAnswered is { } answered ? _certificates.FindEnd(answered) : null,
    };

    /// <summary>
    /// The new address, where all redirects were for good and something answers there: a proposal to the operator should not lead into a dead end. Of a confidential
    /// address none is told: the new one mostly repeats the secret, and half of it would be taken for the whole.
    /// </summary>
    private static Uri? FindMove(FetchOutcome outcome, FetchSubject subject) =>
        outcome is FetchOutcome.Failed || subject.Address == subject.Request.Address || subject.Request.Source.IsAddressConfidential
            ? null
            : new Uri(FetchSubject.Shown(subject.Address));

    private async Task<Answer> AskAsync(FetchSubject subject, FetchTrace trace, RequestBudget budget, CancellationToken cancel)
    {
        // Whoever must wait anyway needs no turn; whoever waited for one may have been told meanwhile.
        if (_patience.FindPause(subject) is { } paused) return new Answer.Final(paused);
        var line = _lines.For(subject.Address, subject.Request.Source.Access.Proxy);
        var context = ResilienceContextPool.Shared.Get(cancel);
        budget.AttachTo(context);
        try
        {
            return await line.Pipeline.ExecuteAsync(
                (at, subject) => _patience.FindPause(subject) is { } paused
                    ? ValueTask.FromResult<Answer>(new Answer.Final(paused))
                    : budget.SpendAsync(() => AskOnceAsync(subject, trace, at.CancellationToken)),
                context,
                subject);
        }
        catch (TimeoutRejectedException)
        {
            return Failure(
                subject,
                string.Create(CultureInfo.InvariantCulture, $"had not answered to the end within {_limits.Total.TotalSeconds:0.#} s"),
                "the server or the line is overloaded; it is asked again by itself",
                isUnreached: true);
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

    private async ValueTask<Answer> AskOnceAsync(FetchSubject subject, FetchTrace trace, CancellationToken cancel)
    {
        var answer = await _exchange.AskAsync(subject, trace, cancel);
        if (answer is Answer.Final { Outcome: FetchOutcome.Failed { RetryAfter: { } asked } })
            _patience.Note(subject.Request.Scope ?? subject.Request.Source.Access.RetryAfterScope, subject.Address, _time.GetUtcNow() + asked);
        return answer;
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

    private static Answer.Final Failure(FetchSubject subject, string finding, string cure, bool isUnreached = false) =>
        new(new FetchOutcome.Failed(null, subject.Say(finding, cure)) { IsUnreached = isUnreached });

    private static bool IsWeb(Uri address) => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
