using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>What to ask.</summary>
/// <param name="Source">On whose behalf: its id in messages, its User-Agent, its credentials.</param>
/// <param name="Address">Absolute http(s) address.</param>
/// <param name="Validators">From the last answer of this address; <see cref="Validators.None"/> for an unconditional request.</param>
public sealed record FetchRequest(Source Source, Uri Address, Validators Validators)
{
    /// <summary>What a Retry-After holds back where it is not what the source says; null: as the source says.</summary>
    public RetryAfterScope? Scope { get; init; }

    /// <summary>Bytes that the body may have at least, whatever the limits say; null: as the limits say.</summary>
    public int? MayWeigh { get; init; }
}
