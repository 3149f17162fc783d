using System.Globalization;
using System.Runtime.CompilerServices;
using Kwid.Core.Model;
using Kwid.Core.Pages;

namespace Kwid.Core.Sources;

/// <summary>
/// The walk of a page whose items have pages of their own: the list first, then the own pages of items that are new or changed, newest first, a few a poll; then
/// one or two of those that were read, once a day each in their first month, since a list seldom shows that they changed. Items whose own page is not read yet
/// are told from the list at once. An own page that fails is asked for ever, ever more seldom.
/// </summary>
/// <remarks>
/// Only the list tells which item an own page belongs to, so no 304 may stand before one that is due: then the list is asked without validators. They are kept
/// all the same, and serve whenever nothing is due: a page that fails for ever costs a whole list a day, not one a poll.
/// </remarks>
/// <param name="fetcher">Asks list and own pages, in their hosts' turns.</param>
/// <param name="time">Says what is due.</param>
public sealed class PageWalk(IFetcher fetcher, TimeProvider time) : IWalk
{
    /// <summary>Most pages looked at again in one poll.</summary>
    private const int MostAgain = 2;

    /// <inheritdoc/>
    public async IAsyncEnumerable<WalkStep> WalkAsync(Source source, SourceState state, [EnumeratorCancellation] CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var validators = PageCursor.IsAnyDue(state.Cursor, now) ? Validators.None : state.Validators;
        var outcome = await fetcher.FetchAsync(new FetchRequest(source, source.Url, validators), cancel);
        if (outcome is not FetchOutcome.Fetched fetched || PageList.TryRead(fetched.Document, source.Page!) is not { } list)
        {
            yield return new WalkStep(outcome, state.Cursor);
            yield break;
        }

        var items = list.Items.Where(item => item.OwnPage is { } own && IsOwn(source, fetched.Document, own)).ToList();
        var cursor = PageCursor.Read(state.Cursor, items, now);
        var unchanged = items.Where(cursor.IsDone).Select(item => item.Ordinal).ToHashSet();
        var (texts, faults) = await AskAsync(source, fetched.Document, cursor, items, cancel);
        unchanged.ExceptWith(texts.Keys);
        var document = fetched.Document with { Details = new PageDetails(unchanged, texts, faults) };
        yield return new WalkStep(fetched with { Document = document }, cursor.Write());
    }

    /// <summary>Asks the first few. A host that is out of order or asks for patience is left alone; the list was read all the same.</summary>
    private async Task<(Dictionary<int, DetailText> Texts, List<string> Faults)> AskAsync(
        Source source, FetchedDocument list, PageCursor cursor, List<PageItem> items, CancellationToken cancel)
    {
        var (texts, faults) = (new Dictionary<int, DetailText>(), new List<string>());
        var missing = items.Where(cursor.IsMissing).Select(item => item.Ordinal).ToHashSet();
        var due = cursor.Patience is null ? cursor.Outstanding(items).Concat(cursor.Stale(items).Take(MostAgain)).Take(source.Page!.DetailsPerPoll).ToList() : [];
        foreach (var item in due)
        {
            var again = cursor.IsDone(item);
            var outcome = await fetcher.FetchAsync(new FetchRequest(source, item.OwnPage!, Validators.None) { Scope = RetryAfterScope.Url }, cancel);
            if (outcome is FetchOutcome.Failed { IsPostponed: true, RetryAfter: { } left })
            {
                cursor.Wait(left);                        // nothing was asked, so nothing failed
                break;
            }

            missing.Remove(item.Ordinal);
            var (text, fault) = Read(source, list, item, outcome);
            if (text is not null)
            {
                texts[item.Ordinal] = text;
                cursor.Done(item);
                continue;
            }

            cursor.Failed(item);
            if (!again) faults.Add($"Told from the list for now: {fault}");
            if (outcome is FetchOutcome.Failed { RetryAfter: { } asked }) cursor.Wait(asked);
            if (outcome is FetchOutcome.Failed { Status: null or 429 or >= 500 } or FetchOutcome.Failed { RetryAfter: not null }) break;
        }

        if (missing.Count > 0) faults.Add(string.Create(CultureInfo.InvariantCulture, $"Told from the list for now, since their own pages could not be read before: {missing.Count} items; they are asked again by themselves."));
        if (cursor.Patience is { } until && !items.TrueForAll(cursor.IsDone)) faults.Add(string.Create(CultureInfo.InvariantCulture, $"The host asks for patience: no own pages are asked before {until:yyyy-MM-dd HH:mm:ss} UTC."));
        return (texts, faults);
    }

    /// <summary>The text, or why there is none. A redirect to the start page or back to the list is how many sites say that there is nothing.</summary>
    private static (DetailText? Text, string? Fault) Read(Source source, FetchedDocument list, PageItem item, FetchOutcome outcome)
    {
        if (outcome is FetchOutcome.Failed failed) return (null, failed.Reason);
        if (outcome is FetchOutcome.Fetched fetched)
        {
            var subject = new FetchSubject(new FetchRequest(source, item.OwnPage!, Validators.None), item.OwnPage!);
            if (!IsOwn(source, list, fetched.Document.Address))
                return (null, subject.Say($"leads to {subject.Tell(fetched.Document.Address)}, which is no item's own page", "it is asked again by itself"));
            if (PageList.FindDetail(fetched.Document, source.Page!.Detail!) is { } text) return (text, null);
        }

        return (null, string.Create(CultureInfo.InvariantCulture, $"the detail selector '{source.Page!.Detail}' finds no text on an item's own page (line {item.Line} of the list)."));
    }

    /// <summary>
    /// Only on the list's own host, so that no list can have Kwid fetch and publish what stands on another, such as an inner one that network.allow lets through; not
    /// from https to http, as with redirects; neither the list itself nor the site's start page.
    /// </summary>
    private static bool IsOwn(Source source, FetchedDocument list, Uri page) =>
        (page.Authority == source.Url.Authority || page.Authority == list.Address.Authority)
        && (page.Scheme == Uri.UriSchemeHttps || source.Url.Scheme == Uri.UriSchemeHttp)
        && page.PathAndQuery != "/" && !IsSame(page, source.Url) && !IsSame(page, list.Address);

    private static bool IsSame(Uri one, Uri other) => FetchSubject.Shown(one) == FetchSubject.Shown(other);
}
