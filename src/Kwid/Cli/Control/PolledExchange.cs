using Kwid.Core.Sources;

namespace Kwid.Cli.Control;

/// <summary>One request and its answer as <c>poll --explain</c> shows it; values that carry secrets have been left out.</summary>
/// <param name="Address">What was asked with GET.</param>
/// <param name="Request">Its headers in order.</param>
/// <param name="Status">HTTP status; null when none was answered.</param>
/// <param name="Response">The answer's headers in order.</param>
/// <param name="ElapsedMs">Milliseconds from the request to the end of the body.</param>
/// <param name="Bytes">Of the body, content coding removed.</param>
internal sealed record PolledExchange(
    string Address, IReadOnlyList<PolledHeader> Request, int? Status, IReadOnlyList<PolledHeader> Response, int ElapsedMs, long Bytes)
{
    public static PolledExchange Of(Exchange exchange) => new(
        exchange.Address, Headers(exchange.Request), exchange.Status, Headers(exchange.Response), (int)exchange.Elapsed.TotalMilliseconds, exchange.Bytes);

    private static IReadOnlyList<PolledHeader> Headers(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        [.. headers.Select(header => new PolledHeader(header.Key, header.Value))];
}

/// <summary>A line of a request's or an answer's head.</summary>
internal sealed record PolledHeader(string Name, string Value);
