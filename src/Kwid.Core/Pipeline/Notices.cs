using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Core.Pipeline;

/// <summary>Tells every feed once that <c>must</c> sources are out of reach, and corrects that in place. What was told stands in the editions, so it is never told twice.</summary>
internal sealed class Notices(Shelf shelf, SourceStates? states)
{
    /// <summary>What is to be told or corrected now; null when nothing is. Before the opening there is nobody to tell.</summary>
    /// <param name="audience">From the configuration in force.</param>
    /// <param name="now">UTC.</param>
    /// <param name="instant">The edition's.</param>
    public AuthoredPlan? Plan(Audience audience, DateTimeOffset now, DateTimeOffset instant)
    {
        if (states is null || !shelf.HasOpened) return null;
        var must = audience.Sources.Values.Where(source => OutageNotices.MayTell(source, audience.Roll.Common)).Select(source => (source, states.Of(source))).ToList();
        var last = shelf.LastNotice;
        if (OutageNotices.Next(last?.Notice, must, audience.OutageNotice, now) is not { } next) return null;

        var told = shelf.LastPublications(next.Id);
        var untold = next.End is null ? audience.Roll.Common.Where(@class => !told.ContainsKey(@class.Id)).ToList() : [];
        if (last?.Notice is { } before && OutageNotices.AreSame(before, next) && untold.Count == 0) return null;

        var text = OutageText.Compose(told.Values.Select(row => row.Revision.Number).DefaultIfEmpty(0).Max() + 1, instant, next, audience.Service);
        return new AuthoredPlan(text, [
            .. untold.Select(@class => new PlannedRow(@class.Id, PublicationKind.Entry, text.Key, "outage")),
            .. told.Keys.Select(@class => new PlannedRow(@class, PublicationKind.Update, text.Key, "outage"))]);
    }
}
