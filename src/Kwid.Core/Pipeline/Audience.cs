using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Core.Pipeline;

/// <summary>For whom is published: what Publish needs of the configuration in force.</summary>
public sealed class Audience
{
    /// <param name="service">What shows in every feed.</param>
    /// <param name="recipients">Without <see cref="RecipientKey.Everyone"/>, which is added.</param>
    /// <param name="sources">All configured ones.</param>
    /// <param name="holders">Whose protected feeds there are: recipients' keys and providers' feed parts; null: nobody's.</param>
    /// <param name="providers">All configured ones; null: none.</param>
    public Audience(ServiceIdentity service, IEnumerable<Recipient> recipients, IEnumerable<Source> sources, IReadOnlySet<string>? holders = null, IReadOnlyList<Provider>? providers = null)
    {
        List<Recipient> all = [.. recipients, new Recipient(RecipientKey.Everyone, "alle", null, Subscription.Default)];
        var feeds = all.ToDictionary(recipient => recipient.Key.ToString(), recipient => new WantedFeed(recipient.Name, AudienceClasses.Of(recipient).Id), StringComparer.Ordinal);
        foreach (var holder in all.Where(recipient => holders?.Contains(recipient.Key.ToString()) == true))
            feeds[FeedAddress.ProtectedFeed(holder.Key.ToString())] = new WantedFeed($"{holder.Name} (geschützt)", AudienceClasses.ProtectedOf(holder).Id) { Before = AudienceClasses.Of(holder).Id };
        foreach (var provider in providers ?? [])
        {
            var (feed, before) = (FeedAddress.ProviderFeed(provider.Id), AudienceClasses.Of(all[^1]).Id);
            feeds[feed] = new WantedFeed(provider.Name, AudienceClasses.Of(provider).Id) { Before = before };
            if (holders?.Contains(feed) == true) feeds[FeedAddress.ProtectedFeed(feed)] = new WantedFeed($"{provider.Name} (geschützt)", AudienceClasses.ProtectedOf(provider).Id) { Before = before };
        }

        Service = service;
        Builder = new FeedBuilder(service);
        var groups = (providers ?? []).SelectMany(provider => new[] { AudienceClasses.Of(provider), AudienceClasses.ProtectedOf(provider) });
        Classes = [.. all.SelectMany(recipient => new[] { AudienceClasses.Of(recipient), AudienceClasses.ProtectedOf(recipient) }).Concat(groups).DistinctBy(@class => @class.Id)];
        Feeds = feeds;
        Sources = sources.ToDictionary(source => source.Id);
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
