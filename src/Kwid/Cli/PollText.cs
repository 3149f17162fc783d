using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary>What <c>kwid poll</c> prints of a source for people.</summary>
internal static class PollText
{
    /// <summary>What was done and found, what was left out, how the source fares unless well; explained where that was asked for.</summary>
    public static IEnumerable<string> Lines(PolledSource source)
    {
        var then = source.DryRun ? "next poll would be" : "next poll";
        yield return source.Error is null
            ? $"{source.Id}: {source.Outcome}, {source.New} new, {source.Revised} revised; {then} {source.NextPoll:u}"
            : $"{source.Id}: FAILED; {then} {source.NextPoll:u}. {source.Error}";
        foreach (var rejected in source.Rejected) yield return $"  left out ({rejected.What}): {rejected.Reason}";
        foreach (var line in source.Exchanges is { } exchanges ? Explain(source, exchanges) : []) yield return line;
        if (source.Health.State != "ok" || source.Exchanges is not null) yield return "  health: " + Health(source.Health);
        if (source.Health.Remark is { Length: > 0 } remark) yield return "  remark: " + remark;
        if (source.Health.Held > 0) yield return $"  {source.Health.Held} new entries wait: kwid release {source.Id}, or kwid discard {source.Id}";
    }

    private static IEnumerable<string> Explain(PolledSource source, IReadOnlyList<PolledExchange> exchanges)
    {
        if (exchanges.Count == 0) yield return "  no request was sent";
        foreach (var exchange in exchanges)
        {
            yield return $"  GET {exchange.Address}";
            foreach (var header in exchange.Request) yield return $"    > {header.Name}: {header.Value}";
            yield return exchange.Status is { } status
                ? $"  HTTP {status}, {exchange.Bytes} bytes in {exchange.ElapsedMs} ms"
                : $"  no answer after {exchange.ElapsedMs} ms";
            foreach (var header in exchange.Response) yield return $"    < {header.Name}: {header.Value}";
        }

        if (source.Validators is { Length: > 0 } validators) yield return $"  validators: {validators}";
        if (source.NextPollReason is { Length: > 0 } reason) yield return $"  next poll {source.NextPoll:u}: {reason}";
    }

    private static string Health(PolledHealth health)
    {
        var since = health.Since is { } instant ? $" since {instant:u}" : "";
        return $"{health.State}{since}{(health.Reason is { } reason ? $". {reason}" : "")}";
    }
}
