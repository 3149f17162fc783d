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

    /// <summary>
    /// Why an advisory enters the class: the id of the rule; null when it does not. When in doubt it does: a source that is no longer configured
    /// counts as delivered.
    /// </summary>
    public static string? ReasonFor(Entry entry, Source? source) => (source?.Deliver, entry.Severity) switch
    {
        (null, _) => "source-removed",
        (Delivery.Always, _) => "deliver-always",
        (_, Severity.Critical) => "critical",
        _ => null,
    };
}
