using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

public class WalksTests
{
    private readonly Walks _walks = new(new ScriptedFetcher(), TimeProvider.System);

    [Theory]
    [InlineData("http://upstream.example/feed", typeof(SingleWalk))]
    [InlineData("https://upstream.example/feed", typeof(SingleWalk))]
    [InlineData("file:///var/kwid/inbox/", typeof(FolderWalk))]
    public void The_address_of_a_feed_chooses_its_walk(string url, Type walk) => Assert.IsType(walk, _walks.For(Make.Source(url: url)));

    [Theory]
    [InlineData("https://upstream.example/list", "main", typeof(PageWalk))]
    [InlineData("https://upstream.example/list", null, typeof(SingleWalk))]
    [InlineData("file:///var/kwid/saved.html", null, typeof(FolderWalk))]
    public void A_page_is_walked_further_only_when_its_items_have_pages_of_their_own(string url, string? detail, Type walk) =>
        Assert.IsType(walk, _walks.For(Make.Source(url: url) with { Kind = SourceKind.Page, Page = new PageSelectors { Item = "tr", Detail = detail } }));

    [Theory]
    [InlineData(SourceKind.Csaf, "file:///var/kwid/csaf/")]
    [InlineData(SourceKind.Feed, "ftp://upstream.example/feed")]
    public void A_source_that_this_version_cannot_poll_is_misuse(SourceKind kind, string url)
    {
        var source = Make.Source(url: url) with { Kind = kind };

        var told = Assert.Throws<NotSupportedException>(() => _walks.For(source));

        Assert.Contains("Source 'bsi-wid'", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_walk_asks_with_the_validators_of_the_state_and_yields_what_came()
    {
        var fetcher = new ScriptedFetcher();
        var source = Make.Source();
        var state = new SourceState { Source = source.Id, Address = source.Url.AbsoluteUri, Validators = new Validators("\"a\"", null) };

        var steps = await new SingleWalk(fetcher).WalkAsync(source, state, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new FetchRequest(source, source.Url, state.Validators), fetcher.Asked.Single());
        Assert.Equal([new WalkStep(ScriptedFetcher.Outcome, null)], steps);
    }

    private sealed class ScriptedFetcher : IFetcher
    {
        public static readonly FetchOutcome Outcome = new FetchOutcome.NotModified(new Validators("\"b\"", null));

        public List<FetchRequest> Asked { get; } = [];

        public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
        {
            Asked.Add(request);
            return Task.FromResult(Outcome);
        }
    }
}
