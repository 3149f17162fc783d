namespace Kwid.Core.Sources;

/// <summary>How much and how long a server may take. One source's fault must cost neither memory nor the time of others.</summary>
public sealed record FetchLimits
{
    /// <summary>The limits in effect where nothing else is said.</summary>
    public static FetchLimits Default { get; } = new();

    /// <summary>Longest body read, in bytes after content coding is removed.</summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Until a connection stands, TLS included.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest silence within a body.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All requests of one fetch together, redirects and retries included; waiting for the host's turn does not count.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Redirects followed in one fetch.</summary>
    public int Redirects { get; init; } = 10;

    /// <summary>Pause before the one retry of a transient fault, ±25 %.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
