using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Kwid.Core.Sources;

/// <summary>
/// One line per authority and proxy: a retry for transient faults, the host's turn, a circuit breaker and a time limit, from outside to inside. A breaker shared by all
/// hosts would let one dead vendor silence the rest.
/// </summary>
/// <param name="pacer">Gives the turns; they are per host, whatever the port.</param>
/// <param name="limits">Pause before the retry.</param>
/// <param name="time">For all waiting.</param>
internal sealed class HostLines(HostPacer pacer, FetchLimits limits, TimeProvider time)
{
    /// <summary>Requests of the last <see cref="Sampling"/> before the breaker judges.</summary>
    internal const int LeastRequests = 10;

    /// <summary>Share of failures that opens it.</summary>
    internal const double FailureRatio = 0.9;

    /// <summary>Time over which it looks back.</summary>
    internal static readonly TimeSpan Sampling = TimeSpan.FromMinutes(5);

    /// <summary>How long an open circuit asks nothing.</summary>
    internal static readonly TimeSpan Break = TimeSpan.FromSeconds(30);

    private const int LinesKept = 512;

    private readonly Dictionary<string, HostLine> _lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    /// <summary>Authorities remembered at the moment.</summary>
    internal int Count
    {
        get
        {
            lock (_gate) return _lines.Count;
        }
    }

    /// <summary>The line to the address's authority by way of a source's own proxy, whose faults say nothing of the direct way; beyond 512 the one longest unused is forgotten, with what its breaker knew.</summary>
    public HostLine For(Uri address, Uri? proxy = null)
    {
        var authority = $"{address.Scheme}://{address.IdnHost}:{address.Port} {proxy?.Authority}";
        lock (_gate)
        {
            if (!_lines.TryGetValue(authority, out var line))
            {
                if (_lines.Count >= LinesKept) _lines.Remove(_lines.MinBy(known => known.Value.LastUse).Key);
                _lines.Add(authority, line = Build(address.IdnHost));
            }

            line.LastUse = time.GetTimestamp();
            return line;
        }
    }

    private HostLine Build(string host)
    {
        var line = new HostLine();
        line.Pipeline = new ResiliencePipelineBuilder<Answer> { TimeProvider = time }
            .AddRetry(Retry())
            .AddStrategy(_ => new TurnStrategy(pacer, host))
            .AddCircuitBreaker(Breaker(line))
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = args => ValueTask.FromResult(RequestBudget.LeftIn(args.Context)) })
            .Build();
        return line;
    }

    private RetryStrategyOptions<Answer> Retry() => new()
    {
        MaxRetryAttempts = 1,
        BackoffType = DelayBackoffType.Constant,
        Delay = limits.RetryDelay,
        UseJitter = true,
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { IsTransient: true }),
    };

    private static CircuitBreakerStrategyOptions<Answer> Breaker(HostLine line) => new()
    {
        FailureRatio = FailureRatio,
        MinimumThroughput = LeastRequests,
        SamplingDuration = Sampling,
        BreakDuration = Break,
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is TimeoutRejectedException || args.Outcome.Result is { SpeaksAgainstHost: true }),
        OnOpened = args =>
        {
            line.LastFault = args.Outcome.Result is Answer.Final { Outcome: FetchOutcome.Failed failed } ? failed.Reason : "no answer in time";
            return ValueTask.CompletedTask;
        },
    };

    /// <summary>Holds the host's turn while what is inside runs.</summary>
    private sealed class TurnStrategy(HostPacer pacer, string host) : ResilienceStrategy<Answer>
    {
        protected override async ValueTask<Outcome<Answer>> ExecuteCore<TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<Answer>>> callback, ResilienceContext context, TState state)
        {
            using var turn = await pacer.EnterAsync(host, context.CancellationToken);
            return await callback(context, state);
        }
    }
}

/// <summary>The way to one authority.</summary>
internal sealed class HostLine
{
    /// <summary>What every request to it passes through.</summary>
    public ResiliencePipeline<Answer> Pipeline { get; set; } = ResiliencePipeline<Answer>.Empty;

    /// <summary>What opened the circuit last; null when it never was open.</summary>
    public string? LastFault { get; set; }

    /// <summary>Timestamp of the last request.</summary>
    public long LastUse { get; set; }
}
