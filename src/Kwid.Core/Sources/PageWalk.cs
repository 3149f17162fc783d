using System.Globalization;
using System.Runtime.CompilerServices;
using Kwid.Core.Model;
using Kwid.Core.Pages;

namespace Kwid.Core.Sources;

/// <summary>
/// The walk of a page whose items have pages of their own: the list first, then the own pages of items that are new or changed, newest first, a few a poll.
/// Items whose own page is not read yet are told from the list at once. While any is outstanding, the list's validators are not kept: no 304 may stand before it.
/// </summary>
/// <param name="fetcher">Asks list and own pages, in their hosts' turns.</param>
public sealed class PageWalk(IFetcher fetcher) : IWalk
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<WalkStep> WalkAsync(Source source, SourceState state, [EnumeratorCancellation] CancellationToken cancel)
    {
        var outcome = await fetcher.FetchAsync(new FetchRequest(source, source.Url, state.Validators), cancel);
        if (outcome is not FetchOutcome.Fetched fetched || PageList.TryRead(fetched.Document, source.Page!) is not { } list)
        {
            yield return new WalkStep(outcome, state.Cursor);
            yield break;
        }

        var cursor = PageCursor.Read(state.Cursor, list.Items);
        var unchanged = list.Items.Where(cursor.IsDone).Select(item => item.Ordinal).ToHashSet();
        var outstanding = list.Items.Where(item => IsAsked(source, fetched.Document, item) && !cursor.IsDone(item)).OrderBy(cursor.Tries).ToList();
        var (texts, faults, pause) = await AskAsync(source, cursor, outstanding, cancel);
        var document = fetched.Document with { Details = new PageDetails(unchanged, texts, faults) };
        var validators = outstanding.TrueForAll(cursor.IsDone) ? fetched.Validators : Validators.None;
        yield return new WalkStep(fetched with { Document = document, Validators = validators }, cursor.Write());
        if (pause is not null) yield return new WalkStep(pause, cursor.Write());
    }

    /// <summary>Asks the first few. A host that is out of order or asks for patience is left alone until the next poll.</summary>
    private async Task<(Dictionary<int, DetailText> Texts, List<string> Faults, FetchOutcome.Failed? Pause)> AskAsync(
        Source source, PageCursor cursor, List<PageItem> outstanding, CancellationToken cancel)
    {
        var (texts, faults) = (new Dictionary<int, DetailText>(), new List<string>());
        foreach (var item in outstanding.Take(source.Page!.DetailsPerPoll))
        {
            var outcome = await fetcher.FetchAsync(new FetchRequest(source, item.OwnPage!, Validators.None), cancel);
            if (outcome is FetchOutcome.Failed { RetryAfter: not null } patience) return (texts, faults, patience);
            if (outcome is FetchOutcome.Fetched fetched && PageList.FindDetail(fetched.Document, source.Page.Detail!) is { } text)
            {
                texts[item.Ordinal] = text;
                cursor.Done(item);
                continue;
            }

            cursor.Failed(item);
            faults.Add(Explain(source, item, outcome));
            if (outcome is FetchOutcome.Failed { Status: null or 429 or >= 500 }) break;
        }

        return (texts, faults, null);
    }

    /// <summary>
    /// Only on the list's own host, so that no list can have Kwid fetch and publish what stands on another, such as an inner one that network.allow lets through; not
    /// from https to http, as with redirects.
    /// </summary>
    private static bool IsAsked(Source source, FetchedDocument list, PageItem item) =>
        item.OwnPage is { } own && (own.Authority == source.Url.Authority || own.Authority == list.Address.Authority)
        && (own.Scheme == Uri.UriSchemeHttps || source.Url.Scheme == Uri.UriSchemeHttp);

    private static string Explain(Source source, PageItem item, FetchOutcome outcome) => outcome is FetchOutcome.Failed failed
        ? $"Told from the list for now: {failed.Reason}"
        : string.Create(CultureInfo.InvariantCulture, $"Told from the list for now: the detail selector '{source.Page!.Detail}' finds no text on an item's own page (line {item.Line} of the list).");
}
