using System.ServiceModel.Syndication;
using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>An entry that tells the readers of one address something about that address.</summary>
/// <param name="Id">Behind the feed part of its id.</param>
/// <param name="Instant">UTC, whole seconds.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">What to do, in one or two sentences.</param>
internal sealed record ReaderWord(string Id, DateTimeOffset Instant, string Title, string Text)
{
    /// <summary>The page behind the text, below the service's address.</summary>
    public string Page { get; init; } = "/";

    /// <summary>The entry, with a hole for the feed part of its id.</summary>
    public SyndicationItem Item(ServiceIdentity service)
    {
        var page = service.PublicUrl + Page;
        var item = new SyndicationItem
        {
            Id = $"{Holes.Id}/{Id}",
            PublishDate = Instant,
            LastUpdatedTime = Instant,
            Title = new TextSyndicationContent(Title),
            Summary = new TextSyndicationContent($"{Text} {page}"),
            Content = new TextSyndicationContent($"<p>{Encode(Text)} <a href=\"{Encode(page)}\">{Encode(page)}</a></p>", TextSyndicationContentKind.Html),
        };
        item.Authors.Add(new SyndicationPerson { Name = Holes.Clean(service.Title) });
        item.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(page)));
        return item;
    }
}
