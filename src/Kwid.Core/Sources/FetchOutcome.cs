using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>What came of a request.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome() { }

    /// <summary>What time the server says it is (Date, and Age where a cache answered); null when it did not say, and for files.</summary>
    public DateTimeOffset? ServerDate { get; init; }

    /// <summary>How long the server says that its answer stays fresh (Cache-Control: max-age, else Expires; RFC 9111 §4.2.1), less its age; null when it did not say, and for files.</summary>
    public TimeSpan? Freshness { get; init; }

    /// <summary>What was asked and answered on the way, redirects and retries included; empty for files.</summary>
    public IReadOnlyList<Exchange> Exchanges { get; init; } = [];

    /// <summary>Where the address has moved to for good: every redirect on the way was a 301 or 308, and there it was answered; null when it has not, and for confidential addresses.</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>When the certificate of the server that answered ends, UTC; null where none is known.</summary>
    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>A document; the validators belong to it.</summary>
    public sealed record Fetched(FetchedDocument Document, Validators Validators, int Status) : FetchOutcome;

    /// <summary>304: unchanged. The validators are the renewed ones: a header that the 304 did not carry keeps its value.</summary>
    public sealed record NotModified(Validators Validators) : FetchOutcome;

    /// <summary>No usable answer.</summary>
    /// <param name="Status">HTTP status; null when there was no answer.</param>
    /// <param name="Reason">For the operator: which address, what was found, what to do.</param>
    /// <param name="RetryAfter">How long the server asks to be left alone, at most 24 h; null when it did not say.</param>
    public sealed record Failed(int? Status, string Reason, TimeSpan? RetryAfter = null) : FetchOutcome
    {
        /// <summary>True when the host was not reached or fell silent: the line may be at fault, its own or ours.</summary>
        public bool IsUnreached { get; init; }

        /// <summary>True when nothing was asked, because the host wants to be left alone for <see cref="RetryAfter"/>: nobody's failure.</summary>
        public bool IsPostponed { get; init; }
    }
}
