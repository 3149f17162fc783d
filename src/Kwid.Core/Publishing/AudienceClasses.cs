using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Which class a recipient belongs to, and which advisories enter it.</summary>
public static class AudienceClasses
{
    /// <summary>
    /// The class of a recipient's public feed. In this version all recipients have the default subscription, so all share one class; a profile is
    /// kept in the configuration and takes effect when subscriptions are built.
    /// </summary>
    public static AudienceClass Of(Recipient recipient) =>
        new($"standard/{DisclosureRule.PublicCeiling.Word()}", DisclosureRule.PublicCeiling, recipient.Subscription with { Profile = null });

    /// <summary>The class of a recipient's protected feed: the same, with what may leave through a capability.</summary>
    public static AudienceClass ProtectedOf(Recipient recipient) =>
        new($"standard/{DisclosureRule.CapabilityCeiling.Word()}", DisclosureRule.CapabilityCeiling, recipient.Subscription with { Profile = null });

    /// <summary>The class of what is addressed to a recipient and may leave through its public feed.</summary>
    public static AudienceClass LaneOf(RecipientKey key) => Lane(key, DisclosureRule.PublicCeiling);

    /// <summary>The class of what is addressed to a recipient and may leave through its protected feed.</summary>
    public static AudienceClass ProtectedLaneOf(RecipientKey key) => Lane(key, DisclosureRule.AddressedCeiling);

    /// <summary>The class of a provider's public feed.</summary>
    public static AudienceClass Of(Provider provider) => Group(provider, DisclosureRule.PublicCeiling);

    /// <summary>The class of a provider's protected feed.</summary>
    public static AudienceClass ProtectedOf(Provider provider) => Group(provider, DisclosureRule.ProviderCeiling);

    private static AudienceClass Lane(RecipientKey key, Tlp ceiling) => new($"an/{key}/{ceiling.Word()}", ceiling, Subscription.Default) { Members = [key], IsLane = true };

    private static AudienceClass Group(Provider provider, Tlp ceiling) =>
        new($"{FeedAddress.ProviderFeed(provider.Id)}/{ceiling.Word()}", ceiling, Subscription.Default) { Members = provider.Recipients, IsGroup = true };

    /// <summary>
    /// Why an advisory enters the class: the id of the rule; null when it does not. When in doubt it does: a source that is no longer configured
    /// counts as delivered.
    /// </summary>
    /// <param name="entry">What is said.</param>
    /// <param name="tellers">Who says it; null for a source that is no longer configured.</param>
    /// <param name="isTold">Whether another advisory that is delivered tells of it already.</param>
    public static string? ReasonFor(Entry entry, IReadOnlyCollection<Source?> tellers, bool isTold = false)
    {
        if (tellers.Any(source => source?.Deliver is Delivery.Always)) return "deliver-always";
        if (tellers.Any(source => source is null)) return "source-removed";
        if (isTold) return null;
        return entry.Severity is Severity.Critical ? "critical" : Materiality.IsExploited(entry) ? "exploited" : null;
    }
}
