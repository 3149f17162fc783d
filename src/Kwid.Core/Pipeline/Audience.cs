using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Core.Pipeline;

/// <summary>For whom is published: what Publish needs of the configuration in force.</summary>
public sealed class Audience
{
    /// <param name="service">What shows in every feed.</param>
    /// <param name="recipients">Without <see cref="RecipientKey.Everyone"/>, which is added.</param>
    /// <param name="sources">All configured ones.</param>
    public Audience(ServiceIdentity service, IEnumerable<Recipient> recipients, IEnumerable<Source> sources)
    {
        var everyone = new Recipient(RecipientKey.Everyone, "alle", null, Subscription.Default);
        var classes = recipients.Append(everyone).ToDictionary(recipient => recipient, AudienceClasses.Of);
        Service = service;
        Builder = new FeedBuilder(service);
        Classes = [.. classes.Values.DistinctBy(@class => @class.Id)];
        Feeds = classes.ToDictionary(pair => pair.Key.Key.ToString(), pair => (pair.Key.Name, pair.Value.Id), StringComparer.Ordinal);
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

    /// <summary>By feed part: the recipient's name and its class.</summary>
    public IReadOnlyDictionary<string, (string Name, string Class)> Feeds { get; }

    /// <summary>Configured sources by id.</summary>
    public IReadOnlyDictionary<SourceId, Source> Sources { get; }
}
