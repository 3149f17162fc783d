using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>The classes that there are: the common ones, and beside them each recipient's own, for what is addressed to it.</summary>
public sealed class ClassRoll
{
    private readonly IReadOnlyList<(RecipientKey Key, AudienceClass[] Lanes)> _lanes;
    private readonly Dictionary<string, AudienceClass> _byId;

    /// <param name="common">Those that any entry may enter.</param>
    /// <param name="recipients">Who may be addressed.</param>
    public ClassRoll(IEnumerable<AudienceClass> common, IEnumerable<RecipientKey> recipients)
    {
        Common = [.. common.DistinctBy(@class => @class.Id)];
        _lanes = [.. recipients.Select(key => (key, new[] { AudienceClasses.LaneOf(key), AudienceClasses.ProtectedLaneOf(key) }))];
        _byId = Common.Concat(_lanes.SelectMany(each => each.Lanes)).ToDictionary(@class => @class.Id, StringComparer.Ordinal);
    }

    /// <summary>Those that any entry may enter.</summary>
    public IReadOnlyList<AudienceClass> Common { get; }

    /// <summary>A class that has recipients now; null for another.</summary>
    public AudienceClass? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>A class, whether it has recipients or not: through one without, nothing may leave that is not for everyone.</summary>
    public AudienceClass Get(string id) => Find(id) ?? new AudienceClass(id, DisclosureRule.PublicCeiling, Subscription.Default) { IsLane = true };

    /// <summary>The classes to be asked for an entry: all common ones, and of the recipients' own those that it is addressed to, or that show its advisory.</summary>
    /// <param name="entry">What is said.</param>
    /// <param name="showing">Ids of the classes that show an earlier revision.</param>
    public IReadOnlyList<AudienceClass> For(Entry entry, IEnumerable<string> showing)
    {
        var addressed = entry.Recipients.Count == 0 ? [] : _lanes.Where(each => entry.IsAddressedTo(each.Key)).SelectMany(each => each.Lanes);
        return [.. Common.Concat(addressed).Concat(showing.Select(Find).OfType<AudienceClass>()).DistinctBy(@class => @class.Id)];
    }
}
