using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Core.Pipeline;

/// <summary>For whom is published: what Publish needs of the configuration in force.</summary>
public sealed class Audience
{
    /// <param name="service">What shows in every feed.</param>
    /// <param name="recipients">Without <see cref="RecipientKey.Everyone"/>, which is added.</param>
    /// <param name="sources">All configured ones.</param>
    /// <param name="holders">Whose protected feeds there are: recipients' keys, and feed parts of providers; null: nobody's.</param>
    /// <param name="providers">Who serves several recipients; null: nobody.</param>
    public Audience(ServiceIdentity service, IEnumerable<Recipient> recipients, IEnumerable<Source> sources, IReadOnlySet<string>? holders = null, IReadOnlyList<Provider>? providers = null)
    {
        List<Recipient> all = [.. recipients, new Recipient(RecipientKey.Everyone, "alle", null, Subscription.Default)];
        List<Recipient> own = [.. all.Where(recipient => recipient.Successor is null)];
        List<Provider> served = [.. (providers ?? []).Select(provider => Mergers.Served(provider, all))];
        Service = service;
        Builder = new FeedBuilder(service);
        Roll = new ClassRoll(
            [.. own.SelectMany(each => new[] { AudienceClasses.Of(each), AudienceClasses.ProtectedOf(each) }), .. served.SelectMany(each => new[] { AudienceClasses.Of(each), AudienceClasses.ProtectedOf(each) })],
            own.Select(recipient => recipient.Key).Where(key => key != RecipientKey.Everyone));
        Feeds = WantedFeeds.Of(all, served, holders ?? new HashSet<string>());
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
    public ClassRoll Roll { get; }

    /// <summary>By feed part.</summary>
    public IReadOnlyDictionary<string, WantedFeed> Feeds { get; }

    /// <summary>Configured sources by id.</summary>
    public IReadOnlyDictionary<SourceId, Source> Sources { get; }
}
