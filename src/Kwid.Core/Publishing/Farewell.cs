using System.Globalization;
using System.ServiceModel.Syndication;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>The one entry of an address whose recipient was removed from the configuration (P10).</summary>
internal static class Farewell
{
    /// <summary>How long the address answers 200 before it says 410.</summary>
    public static TimeSpan Lasts { get; } = TimeSpan.FromDays(90);

    /// <summary>The entry, unique per ending: a recipient may return and end again.</summary>
    public static SyndicationItem Item(ServiceIdentity service, int edition, DateTimeOffset ended)
    {
        var day = GermanWords.Day(ended, service.TimeZone);
        var item = new SyndicationItem
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{Holes.Id}/ende/{edition}"),
            PublishDate = ended,
            LastUpdatedTime = ended,
            Title = new TextSyndicationContent($"Diese Adresse wurde am {day} beendet"),
            Summary = new TextSyndicationContent($"Hier erscheinen keine Hinweise mehr. Ihre neue Adresse finden Sie unter {service.PublicUrl}/."),
            Content = new TextSyndicationContent(
                $"<p>Diese Adresse wurde am {day} beendet; hier erscheinen keine Hinweise mehr. Ihre neue Adresse finden Sie hier: " +
                $"<a href=\"{GermanWords.Encode(service.PublicUrl)}/\">{GermanWords.Encode(service.PublicUrl)}/</a></p>",
                TextSyndicationContentKind.Html),
        };
        item.Authors.Add(new SyndicationPerson { Name = Holes.Clean(service.Title) });
        item.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(service.PublicUrl + "/")));
        return item;
    }
}
