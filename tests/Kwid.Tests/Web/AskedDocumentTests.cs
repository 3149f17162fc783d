using Kwid.Core.Publishing;
using Kwid.Web;

namespace Kwid.Tests.Web;

public sealed class AskedDocumentTests
{
    [Theory]
    [InlineData("feeds/05315000.atom", "05315000", FeedFormat.Atom, null, false)]
    [InlineData("providers/kdn.rss", "anbieter/kdn", FeedFormat.Rss, null, false)]
    [InlineData("providers/kdn/archive/3.atom", "anbieter/kdn", FeedFormat.Atom, 3, false)]
    [InlineData("providers/kdn.opml", "anbieter/kdn", FeedFormat.Atom, null, true)]
    public void A_path_names_a_feed_or_a_providers_list(string path, string feed, FeedFormat format, int? archive, bool isList) =>
        Assert.Equal(new AskedDocument(new FeedAddress(feed, format, archive), isList), AskedDocument.Find(path));

    [Theory]
    [InlineData("feeds/05315000.opml")]
    [InlineData("feeds/anbieter/kdn.atom")]
    [InlineData("providers/kdn/intern.atom")]
    [InlineData("providers/kdn/intern.opml")]
    [InlineData("providers/kdn/archive/3.opml")]
    [InlineData("providers/kdn.atom.opml")]
    [InlineData("providers/.opml")]
    [InlineData("providers/")]
    [InlineData("providers/kdn.OPML")]
    [InlineData("anbieter/kdn.atom")]
    [InlineData("kdn.opml")]
    [InlineData("")]
    public void Anything_else_names_nothing(string path) => Assert.Null(AskedDocument.Find(path));
}
