using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>A secret address that is its own permission. The secret itself is nowhere kept.</summary>
/// <param name="Id">Names it to the operator; says nothing of the secret.</param>
/// <param name="Hash">SHA-256 of the token, hexadecimal in lower case.</param>
/// <param name="Holder">Whose feeds it opens: a recipient's key, or <c>anbieter/</c> and a provider's id.</param>
/// <param name="Label">The function that holds it, such as <c>IT-Leitung</c>; never a person.</param>
/// <param name="Issued">UTC.</param>
public sealed record Capability(string Id, string Hash, string Holder, string Label, DateTimeOffset Issued)
{
    /// <summary>So many urgent fetches are kept.</summary>
    public const int MostUrgentFetches = 20;

    /// <summary>When it ends by itself, UTC; null: never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it ends or ended because it was rotated or revoked, UTC; null while neither happened.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The <see cref="Id"/> of the one that took its place; null when none did.</summary>
    public string? Successor { get; init; }

    /// <summary>When it was used last, UTC; null: never.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>With what kind of reader, such as <c>Thunderbird</c>; no version, no address.</summary>
    public string? LastReader { get; init; }

    /// <summary>Number of the newest edition that it was served; null: none yet.</summary>
    public int? LastEdition { get; init; }

    /// <summary>The newest urgent publications of its feed, each with when it was first fetched; oldest first.</summary>
    public IReadOnlyList<UrgentFetch> UrgentFetches { get => field ?? []; init; }

    /// <summary>When it ends or ended, UTC, for whatever reason; null: never.</summary>
    [JsonIgnore]
    public DateTimeOffset? End => Ended is { } ended && Expires is { } expires ? (ended < expires ? ended : expires) : Ended ?? Expires;

    /// <summary>Whether it opens anything at an instant.</summary>
    public bool IsInForce(DateTimeOffset now) => End is not { } end || now < end;
}
