using Kwid.Core.Normalising;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Cli.Control;

/// <summary>Takes an advisory back in the process that holds the data.</summary>
internal static class WithdrawOperation
{
    /// <summary>Longest reason, in characters: it stands in titles' entries.</summary>
    private const int LongestReason = 500;

    public static async Task<WithdrawAnswer> RunAsync(Installation installation, WithdrawRequest request, CancellationToken cancel)
    {
        var reason = PlainText.Fold(PlainText.Clean(request.Reason));
        if (reason.Length is 0 or > LongestReason) throw new ExitException(ExitCode.Usage, $"--reason: found {reason.Length} characters; write 1 to {LongestReason}: readers see it.");
        var life = await ExplainOperation.FindAsync(installation, request.Id, cancel);
        if (life.Revisions is not [.., var last])
            throw new ExitException(ExitCode.No, $"Nothing of '{life.Advisory.Id}' can be withdrawn: {(life.Advisory.LastRevision == 0 ? "it is only listed by its source, and was never told" : "its texts are no longer stored")}.");

        var feeds = installation.Shelf.FeedsThatShow(life.Ids);
        var shelved = installation.Shelf.Feeds;
        var answer = new WithdrawAnswer(life.Advisory.Id.ToString(), last.Entry.Title, feeds, null, null, null)
        {
            Providers = feeds.Where(feed => FeedAddress.ProviderIn(feed) is not null && shelved.ContainsKey(feed)).ToDictionary(feed => feed, feed => shelved[feed].Name, StringComparer.Ordinal),
        };
        if (request.DryRun) return answer;
        if (await installation.Ledger.WithdrawAsync(life.Advisory.Id, reason, cancel) is not { } revision) return answer;
        installation.Audit.Note("withdrawn", life.Advisory.Id.ToString(), reason);
        await installation.FlushAccessAsync(CancellationToken.None);
        var edition = await installation.PublishAsync(withPending: installation.Shelf.HasOpened, cancel);
        return answer with { Revision = revision.Key.Number, Edition = edition?.Number, Fault = installation.PublishingFault };
    }
}
