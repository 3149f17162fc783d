using System.ServiceModel.Syndication;

namespace Kwid.Core.Publishing;

/// <summary>Writes one format, from the same items as every other.</summary>
internal interface IFeedWriter
{
    /// <summary>One entry's bytes, with the item's holes left open.</summary>
    Fragment WriteEntry(SyndicationItem item);

    /// <summary>The bytes around a feed's entries, split at <see cref="Holes.Entries"/>.</summary>
    Fragment WriteFrame(FeedFrame frame);
}
