using System.Text;
using System.Xml.Linq;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Service;
using Kwid.Tests.Configuration;

namespace Kwid.Tests.Service;

/// <summary>What a provider's list names: who is configured and has a feed by now.</summary>
public sealed class ProviderListTests : IAsyncDisposable
{
    private static readonly FeedAddress Group = new("anbieter/kdn", FeedFormat.Atom, null);

    private readonly ConfigurationFolder _folder = new();
    private Installation? _installation;

    public async ValueTask DisposeAsync()
    {
        if (_installation is not null) await _installation.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Its_towns_stand_by_district_and_who_has_no_feed_yet_is_left_out()
    {
        Open(access: "open", shelved: ["05314000", "05382", "05382004", "stadtwerke"]);

        var list = Outlines("https://kwid.example");

        Assert.Equal(
            [
                "KDN https://kwid.example/providers/kdn.atom https://kwid.example/",
                "kreisfreie Stadt/Bonn https://kwid.example/feeds/05314000.atom https://kwid.example/kommunen/05314000",
                "Rhein-Sieg-Kreis/Alfter https://kwid.example/feeds/05382004.atom https://kwid.example/kommunen/05382004",
                "Rhein-Sieg-Kreis/Rhein-Sieg-Kreis https://kwid.example/feeds/05382.atom https://kwid.example/kommunen/05382",
                "Weitere/Stadtwerke https://kwid.example/feeds/stadtwerke.atom https://kwid.example/kommunen/stadtwerke",
            ],
            list);
    }

    [Fact]
    public void Where_nothing_is_public_it_names_its_own_feed_alone()
    {
        Open(access: "closed", shelved: ["05314000"]);

        Assert.Equal(["KDN https://kwid.example/t/kwt_x/providers/kdn.atom https://kwid.example/"], Outlines("https://kwid.example/t/kwt_x"));
    }

    [Fact]
    public void Of_a_provider_that_is_gone_its_feed_stays_which_says_so()
    {
        Open(access: "open", shelved: ["05314000"]);
        _folder.Write(Text("open", providers: ""));
        _installation!.Keeper.Reload();

        Assert.Equal(["kdn https://kwid.example/providers/kdn.atom https://kwid.example/"], Outlines("https://kwid.example"));
    }

    private static string Text(string access, string providers) => ConfigurationFolder.Text(
        service: $$"""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026", "access": "{{access}}" }""",
        recipients: """{ "select": "05314" }, { "select": "05315" }, { "select": "05382" }, { "key": "stadtwerke", "name": "Stadtwerke" }""",
        more: $"\"providers\": [{providers}]");

    private void Open(string access, IEnumerable<string> shelved)
    {
        _folder.Write(Text(access, """{ "id": "kdn", "name": "KDN", "recipients": ["stadtwerke", "05382004", "05315000", "05314000", "05382"] }"""));
        _installation = new Installation(_folder.GetStarted(), _folder.Data, new ProgramClock(Make.Instant("2026-11-23T08:00Z")));
        var feeds = shelved.Append("05382008").Append("anbieter/kdn").Select(feed => new FeedChange(feed, feed, new Segment("standard/CLEAR", 1), Ended: false));
        _installation.Shelf.Append(new Edition(1, Make.Instant("2026-11-23T08:00Z"), [], [.. feeds], null), []);
    }

    /// <summary>"district/town feed page" of each.</summary>
    private IEnumerable<string> Outlines(string below) =>
        from outline in XDocument.Parse(Encoding.UTF8.GetString(ProviderList.Write(_installation!, Group, below))).Descendants("outline")
        where outline.Attribute("xmlUrl") is not null
        let district = outline.Parent!.Attribute("text") is { } name ? name.Value + "/" : ""
        select $"{district}{outline.Attribute("text")!.Value} {outline.Attribute("xmlUrl")!.Value} {outline.Attribute("htmlUrl")!.Value}";
}
