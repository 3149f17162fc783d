using System.Text;
using System.Xml.Linq;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Publishing;

public sealed class OpmlWriterTests
{
    private static readonly OpmlFeed Group = new("KDN", "https://kwid.example/providers/kdn.atom", "https://kwid.example/");

    [Fact]
    public void The_group_stands_first_and_then_districts_and_towns_in_German_order()
    {
        var text = Write(("Weitere", Town("Stadtwerke")), ("Östlicher Kreis", Town("Zülpich")), ("Oberer Kreis", Town("Unna")), ("Östlicher Kreis", Town("Übach")), ("Östlicher Kreis", Town("Ulm")));

        var body = XDocument.Parse(text).Root!.Element("body")!;
        Assert.Equal(
            ["KDN", "Oberer Kreis: Unna", "Östlicher Kreis: Übach, Ulm, Zülpich", "Weitere: Stadtwerke"],
            body.Elements().Select(each => each.HasElements ? $"{Name(each)}: {string.Join(", ", each.Elements().Select(Name))}" : Name(each)));
    }

    [Fact]
    public void The_bytes_are_these_whatever_the_order_in_which_feeds_come()
    {
        const string Expected =
            """
            <?xml version="1.0" encoding="utf-8"?>
            <opml version="2.0">
              <head>
                <title>KWID – KDN</title>
              </head>
              <body>
                <outline text="KDN" title="KDN" type="rss" xmlUrl="https://kwid.example/providers/kdn.atom" htmlUrl="https://kwid.example/" />
                <outline text="Kreis" title="Kreis">
                  <outline text="Alfter" title="Alfter" type="rss" xmlUrl="https://kwid.example/feeds/Alfter.atom" htmlUrl="https://kwid.example/kommunen/Alfter" />
                  <outline text="Bonn" title="Bonn" type="rss" xmlUrl="https://kwid.example/feeds/Bonn.atom" htmlUrl="https://kwid.example/kommunen/Bonn" />
                </outline>
              </body>
            </opml>

            """;

        var (one, other) = (Write(("Kreis", Town("Bonn")), ("Kreis", Town("Alfter"))), Write(("Kreis", Town("Alfter")), ("Kreis", Town("Bonn"))));

        Assert.Equal((Expected, Expected), (one, other));
    }

    [Fact]
    public void Names_are_text_whatever_they_are_made_of()
    {
        var text = Write(("A & B", new OpmlFeed("Bad\u202E \"Honnef\" <x>\n\u0008\uD800 Ko\u0308ln\uFDD0", "https://kwid.example/feeds/x.atom?a=1&b=2", "https://kwid.example/")));

        var town = XDocument.Parse(text).Descendants("outline").Last();
        Assert.Equal("Bad \"Honnef\" <x>\n Köln", Name(town));
        Assert.Equal("https://kwid.example/feeds/x.atom?a=1&b=2", town.Attribute("xmlUrl")!.Value);
        Assert.DoesNotContain('\uFEFF', text);
    }

    private static string Write(params (string, OpmlFeed)[] others) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(OpmlWriter.Write("KWID – KDN", Group, others));

    private static OpmlFeed Town(string name) => new(name, $"https://kwid.example/feeds/{name}.atom", $"https://kwid.example/kommunen/{name}");

    private static string Name(XElement outline) => outline.Attribute("text")!.Value;
}
