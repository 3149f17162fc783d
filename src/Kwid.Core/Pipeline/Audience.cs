using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Core.Pipeline;

/// <summary>For whom is published: what Publish needs of the configuration in force.</summary>
public sealed class Audience
{
    /// <param name="service">What shows in every feed.</param>
    /// <param name="recipients">Without <see cref="RecipientKey.Everyone"/>, which is added.</param>
    /// <param name="sources">All configured ones.</param>
    /// <param name="holders">Whose protected feeds there are: recipients' keys; null: nobody's.</param>
    public Audience(ServiceIdentity service, IEnumerable<Recipient> recipients, IEnumerable<Source> sources, IReadOnlySet<string>? holders = null)
    {
        List<Recipient> all = [.. recipients, new Recipient(RecipientKey.Everyone, "alle", null, Subscription.Default)];
        var feeds = all.ToDictionary(recipient => recipient.Key.ToString(), Wanted, StringComparer.Ordinal);
        foreach (var holder in all.Where(recipient => holders?.Contains(recipient.Key.ToString()) == true))
            feeds[FeedAddress.ProtectedFeed(holder.Key.ToString())] = ProtectedWanted(holder);
        Service = service;
        Builder = new FeedBuilder(service);
        Classes = [.. all.Where(recipient => recipient.Successor is null).SelectMany(recipient => new[] { AudienceClasses.Of(recipient), AudienceClasses.ProtectedOf(recipient) }).DistinctBy(@class => @class.Id)];
        Feeds = feeds;
        Sources = sources.ToDictionary(source => source.Id);

        WantedFeed Wanted(Recipient recipient)
        {
            var heir = Mergers.HeirOf(recipient, all);
            return Mergers.Inherit(new WantedFeed(heir.Name, AudienceClasses.Of(heir).Id), recipient, heir);
        }

        WantedFeed ProtectedWanted(Recipient holder)
        {
            var heir = Mergers.HeirOf(holder, all);
            var own = new WantedFeed($"{heir.Name} (geschützt)", AudienceClasses.ProtectedOf(heir).Id) { Before = AudienceClasses.Of(heir).Id };
            return Mergers.Inherit(own, holder, heir, " (geschützt)");
        }
    }

    /// <summary>What shows in every feed.</summary>
    public ServiceIdentity Service { get; }

    /// <summary>How long a <c>must</c> source is out of reach before every feed tells it.</summary>
    public TimeSpan OutageNotice { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Whether a vendor's advisory is told inside the entry of a WID advisory that refers to it and names the same CVEs.</summary>
    public bool Collapses { get; init; }

    /// <summary>Writes feeds in the service's look.</summary>
    public FeedBuilder Builder { get; }

    /// <summary>Classes that have recipients.</summary>
    public IReadOnlyCollection<AudienceClass> Classes { get; }

    /// <summary>By feed part.</summary>
    public IReadOnlyDictionary<string, WantedFeed> Feeds { get; }

    /// <summary>Configured sources by id.</summary>
    public IReadOnlyDictionary<SourceId, Source> Sources { get; }
}
