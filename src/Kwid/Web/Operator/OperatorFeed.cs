using System.ServiceModel.Syndication;
using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Web.Operator;

/// <summary>Writes the operator's feed: the same events, the same bytes.</summary>
internal static class OperatorFeed
{
    private const int MostEntries = 200;
    private const int LongestTitle = 90;
    private static readonly TimeSpan Window = TimeSpan.FromDays(90);

    /// <summary>The whole document.</summary>
    /// <param name="service">Who publishes.</param>
    /// <param name="events">In any order; those that ended long ago are left out.</param>
    /// <param name="format">Atom or RSS.</param>
    /// <param name="now">Nothing bears a later instant.</param>
    /// <param name="begin">The feed's own instant as long as nothing happened since, UTC.</param>
    public static byte[] Write(ServiceIdentity service, IEnumerable<OperatorEvent> events, FeedFormat format, DateTimeOffset now, DateTimeOffset begin)
    {
        IFeedWriter writer = format is FeedFormat.Atom ? new AtomWriter() : new RssWriter();
        var items = events
            .Where(each => (each.End ?? now) >= now - Window)
            .OrderByDescending(each => each.Start).ThenBy(each => each.Id, StringComparer.Ordinal)
            .Take(MostEntries)
            .Select(each => Item(service, each, now))
            .ToList();
        var updated = items.Select(item => item.LastUpdatedTime).Append(begin).Max();
        var (head, foot) = writer.WriteFrame(Frame(service, format, updated)).AroundEntries();
        using var body = new MemoryStream();
        body.Write(head.Span);
        foreach (var item in items)
        {
            var pieces = new List<ReadOnlyMemory<byte>>();
            writer.WriteEntry(item).AppendTo(pieces, default, default);
            foreach (var piece in pieces) body.Write(piece.Span);
        }

        body.Write(foot.Span);
        return body.ToArray();
    }

    private static FeedFrame Frame(ServiceIdentity service, FeedFormat format, DateTimeOffset updated) => new(
        Root(service),
        GermanWords.Cut(Holes.Clean($"{service.Title} – Betrieb"), 80),
        "Störungen der Quellen und des Dienstes, für den Betreiber.",
        Holes.Clean(service.Title),
        updated,
        $"{service.PublicUrl}/betrieb/feed.{(format is FeedFormat.Atom ? "atom" : "rss")}",
        $"{service.PublicUrl}/status",
        Previous: null,
        Current: null);

    private static SyndicationItem Item(ServiceIdentity service, OperatorEvent told, DateTimeOffset now)
    {
        var head = $"[{told.Mark}] ";
        var tail = $": {told.Title}";
        var published = Earlier(told.Start, now);
        var updated = Earlier(told.Updated, now);
        Html status = $"<p><a href=\"{service.PublicUrl}/status\">Status aller Quellen</a></p>";
        var item = new SyndicationItem
        {
            Id = $"{Root(service)}/{told.Id}",
            Title = Plain(head + GermanWords.Cut(told.Subject, Math.Max(20, LongestTitle - head.Length - tail.Length)) + tail),
            Summary = Plain($"{told.Subject}{tail}"),
            Content = new TextSyndicationContent(Holes.Clean($"{told.Body}\n{status}"), TextSyndicationContentKind.Html),
            PublishDate = published,
            LastUpdatedTime = updated < published ? published : updated,
        };
        item.Authors.Add(new SyndicationPerson { Name = Holes.Clean(service.Title) });
        item.Categories.Add(new SyndicationCategory(told.Mark, "urn:kwid:operator", null));
        item.Links.Add(SyndicationLink.CreateAlternateLink(new Uri($"{service.PublicUrl}/status")));
        return item;
    }

    private static string Root(ServiceIdentity service) => $"tag:{service.Authority}:betrieb";

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset two) => one < two ? one : two;

    private static TextSyndicationContent Plain(string text) => new(Holes.Clean(text), TextSyndicationContentKind.Plaintext);
}
