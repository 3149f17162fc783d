using Kwid.Core.Model;
using Kwid.Core.Sources;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Sources;

public class PageWalkTests
{
    private readonly FakeTimeProvider _time = new(Make.Instant("2026-03-01T08:00Z"));

    [Fact]
    public async Task An_own_page_that_was_only_postponed_has_not_failed_and_is_asked_once_the_pause_is_over()
    {
        var network = new Network(_time);
        var source = Make.Source(url: "https://upstream.example/list") with { Kind = SourceKind.Page, Page = new PageSelectors { Item = "li", Link = "a@href", Detail = "main" } };
        network.PausedUntil = _time.GetUtcNow().AddMinutes(5);

        var first = await StepAsync(network, source, null);
        _time.Advance(TimeSpan.FromMinutes(4));
        var early = await StepAsync(network, source, first.Cursor);
        _time.Advance(TimeSpan.FromMinutes(1));
        var late = await StepAsync(network, source, early.Cursor);

        Assert.Equal([RetryAfterScope.Url, RetryAfterScope.Url], network.Scopes);
        Assert.DoesNotContain("\"Tries\":1", first.Cursor, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([0, 0, 1], new[] { first, early, late }.Select(step => Assert.IsType<FetchOutcome.Fetched>(step.Outcome).Document.Details!.Texts.Count));
    }

    private async Task<WalkStep> StepAsync(Network network, Source source, string? cursor)
    {
        var state = new SourceState { Source = source.Id, Address = "", Cursor = cursor };
        return await new PageWalk(network, _time).WalkAsync(source, state, TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A list of one item whose host wants to be left alone for a while.</summary>
    private sealed class Network(TimeProvider time) : IFetcher
    {
        public DateTimeOffset PausedUntil { get; set; }

        public List<RetryAfterScope?> Scopes { get; } = [];

        public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
        {
            var isList = request.Address == request.Source.Url;
            if (!isList) Scopes.Add(request.Scope);
            FetchOutcome outcome = !isList && PausedUntil > time.GetUtcNow()
                ? new FetchOutcome.Failed(null, "was not asked", PausedUntil - time.GetUtcNow()) { IsPostponed = true }
                : new FetchOutcome.Fetched(new FetchedDocument(request.Address, isList ? "<ul><li><a href='/1'>One</a></li></ul>"u8.ToArray() : "<main>Text</main>"u8.ToArray(), "text/html"), Validators.None, 200);
            return Task.FromResult(outcome);
        }
    }
}
