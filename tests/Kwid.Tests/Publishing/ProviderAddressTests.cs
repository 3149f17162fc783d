using System.Text;
using System.Xml.Linq;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Publishing;

/// <summary>The addresses that a provider's documents name.</summary>
public sealed class ProviderAddressTests : IDisposable
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly DateTimeOffset Now = Make.Instant("2026-11-23T08:00Z");

    private readonly string _folder = Directory.CreateTempSubdirectory("kwid-shelf-").FullName;
    private readonly Shelf _shelf;

    public ProviderAddressTests()
    {
        var service = new ServiceIdentity("KWID", "https://kwid.example", "kwid.example,2026", TimeZoneInfo.Utc, null, null);
        _shelf = new Shelf(_folder, new FeedBuilder(service), new FakeTimeProvider(Now));
        var texts = Enumerable.Range(1, 60).Select(n => Make.Revision(advisory: $"WID-SEC-2026-{n:0000}")).ToList();
        // So large that fifty of them go into the archive.
        var rows = texts.Select((text, n) => new Publication("group", text.Key, PublicationKind.Entry, Now.AddSeconds(n - 60), 100_000, "deliver-always"));
        var feeds = new[] { "anbieter/kdn", "anbieter/kdn/intern" }.Select(feed => new FeedChange(feed, "KDN", new Segment("group", 1), Ended: false));
        _shelf.Append(new Edition(1, Now, [.. rows], [.. feeds], null), texts);
    }

    public void Dispose()
    {
        _shelf.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Public_ones_are_whole()
    {
        Assert.Equal(
            ["self https://kwid.example/providers/kdn.atom", "alternate https://kwid.example/", "prev-archive https://kwid.example/providers/kdn/archive/1.atom"],
            Links("https://kwid.example/providers/kdn.atom", new FeedAddress("anbieter/kdn", FeedFormat.Atom, null)));
    }

    [Fact]
    public void Protected_ones_lead_from_where_the_document_was_read_to_right_below_the_same_secret()
    {
        Assert.Equal(
            ["self https://kwid.example/t/kwt_x/providers/kdn.atom", "alternate https://kwid.example/", "prev-archive https://kwid.example/t/kwt_x/providers/kdn/archive/1.atom"],
            Links("https://kwid.example/t/kwt_x/providers/kdn.atom", new FeedAddress("anbieter/kdn/intern", FeedFormat.Atom, null)));
        Assert.Equal(
            ["self https://kwid.example/t/kwt_x/providers/kdn/archive/1.atom", "alternate https://kwid.example/", "current https://kwid.example/t/kwt_x/providers/kdn.atom"],
            Links("https://kwid.example/t/kwt_x/providers/kdn/archive/1.atom", new FeedAddress("anbieter/kdn/intern", FeedFormat.Atom, 1)));
    }

    /// <summary>Each link of the head, as a reader resolves it that got the document at an address.</summary>
    private IEnumerable<string> Links(string from, FeedAddress address)
    {
        var body = string.Concat(_shelf.Find(address)!.Plain().Select(piece => Encoding.UTF8.GetString(piece.Span)));
        return XDocument.Parse(body).Root!.Elements(Atom + "link").Select(link => $"{link.Attribute("rel")!.Value} {new Uri(new Uri(from), link.Attribute("href")!.Value)}");
    }
}
