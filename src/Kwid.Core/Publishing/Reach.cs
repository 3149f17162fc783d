using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>By which way an entry would reach a recipient, before it is published: the classes and the rule that publishing goes by, asked beforehand. Pure.</summary>
/// <param name="holders">Whose capabilities are in force: recipients' keys, and <c>anbieter/</c> with a provider's id.</param>
/// <param name="providers">All of them.</param>
/// <param name="isClosed">Whether every address needs a capability.</param>
public sealed class Reach(IReadOnlySet<string> holders, IReadOnlyList<Provider> providers, bool isClosed)
{
    /// <summary>The most direct way, and whose capability opens it; null where none does or none is needed.</summary>
    public (WayOut Way, string? Holder) Find(Entry entry, Recipient recipient)
    {
        // A merged one reads what its successor is told, and nothing that is addressed to itself.
        var key = recipient.Successor ?? recipient.Key;
        var holder = recipient.Key.ToString();
        if (holders.Contains(holder) && Carries(AudienceClasses.ProtectedOf(recipient), AudienceClasses.ProtectedLaneOf(key))) return (WayOut.Protected, holder);
        if (!isClosed && Carries(AudienceClasses.Of(recipient), AudienceClasses.LaneOf(key))) return (WayOut.Public, null);
        var provider = providers.FirstOrDefault(provider =>
            provider.Recipients.Contains(key) && holders.Contains(FeedAddress.ProviderFeed(provider.Id)) && Carries(AudienceClasses.ProtectedOf(provider)));
        return provider is null ? (WayOut.None, null) : (WayOut.Provider, FeedAddress.ProviderFeed(provider.Id));

        // What is addressed goes by classes of the addressed alone, what is not by those that are shared.
        bool Carries(params ReadOnlySpan<AudienceClass> ways)
        {
            foreach (var way in ways)
                if (DisclosureRule.MayLeave(entry, way) && (entry.Recipients.Count == 0 ? !way.IsLane : way.AddressedBy(entry).Contains(key))) return true;
            return false;
        }
    }
}

/// <summary>How something comes to a recipient.</summary>
public enum WayOut
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By its public feed.</summary>
    Public,

    /// <summary>By its protected feed.</summary>
    Protected,

    /// <summary>By the protected feed of a provider that serves it.</summary>
    Provider,
}
