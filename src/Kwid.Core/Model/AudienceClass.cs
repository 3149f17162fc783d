namespace Kwid.Core.Model;

/// <summary>Recipients with equal effective subscription, ceiling and channel: they see the same entries, so each is decided and logged once.</summary>
/// <param name="Id">Stable text made of the three; the class log's key.</param>
/// <param name="Ceiling">Highest label that its way out may carry.</param>
/// <param name="Subscription">What its members asked for.</param>
public sealed record AudienceClass(string Id, Tlp Ceiling, Subscription Subscription)
{
    /// <summary>Who may be addressed through it: a recipient itself, or those whom a provider serves. Empty: nobody is.</summary>
    public IReadOnlyList<RecipientKey> Members { get; init; } = [];

    /// <summary>Whether only what is addressed to one of its members enters it: a recipient's own class, beside the one that it shares.</summary>
    public bool IsLane { get; init; }

    /// <summary>Whether it is a provider's: one feed for all its members.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The members that an entry is addressed to.</summary>
    public IReadOnlyList<RecipientKey> AddressedBy(Entry entry) => entry.Recipients.Count == 0 ? [] : [.. Members.Where(entry.IsAddressedTo)];
}
