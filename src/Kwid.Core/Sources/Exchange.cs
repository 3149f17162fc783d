namespace Kwid.Core.Sources;

/// <summary>One request and its answer, for explanations. Values of headers that carry secrets are left out.</summary>
/// <param name="Address">What was asked, as it may be shown.</param>
/// <param name="Request">Request headers in order.</param>
/// <param name="Status">HTTP status; null when none was answered.</param>
/// <param name="Response">Response headers in order.</param>
/// <param name="Elapsed">From the request to the end of the body, waiting for the host's turn left out.</param>
/// <param name="Bytes">Of the body, content coding removed.</param>
public sealed record Exchange(
    string Address,
    IReadOnlyList<KeyValuePair<string, string>> Request,
    int? Status,
    IReadOnlyList<KeyValuePair<string, string>> Response,
    TimeSpan Elapsed,
    long Bytes);
