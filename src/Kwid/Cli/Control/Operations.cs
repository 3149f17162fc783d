using System.Collections.Concurrent;
using Kwid.Configuration;
using Kwid.Core.Care;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Cli.Control;

/// <summary>Does what verbs ask, in the process that holds the data.</summary>
internal sealed class Operations(Installation installation) : IOperations
{
    /// <summary>Sources asked side by side; each host is asked by one at a time anyway.</summary>
    private const int SideBySide = 16;

    /// <inheritdoc/>
    public async Task<PollAnswer> PollAsync(PollRequest request, CancellationToken cancel)
    {
        var sources = request.Source is null ? installation.PolledSources.ToList() : [Find(request.Source)];
        if (!request.DryRun) await installation.ReleaseDueAsync(cancel);
        // What an earlier process left pending is published first; before the opening it waits for this poll.
        if (!request.DryRun && installation.Shelf.HasOpened) await installation.PublishAsync(withPending: true, cancel);
        var polled = new PolledSource[sources.Count];
        // Sources to be asked at once, since one of these polls found our own line back.
        var sweep = new ConcurrentBag<Source>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, sources.Count),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancel },
            async (i, cancel) =>
            {
                var report = await installation.PollAsync(sources[i], request.DryRun, cancel);
                polled[i] = Answer(report, request.Explain);
                foreach (var spared in installation.PolledSources.Where(source => report.Sweep.Contains(source.Id))) sweep.Add(spared);
            });
        if (request.DryRun) return new PollAnswer(polled, null, null);
        foreach (var spared in sweep) await installation.PollAsync(spared, cancel);
        await installation.FlushAsync(cancel);
        var edition = await installation.PublishAsync(withPending: true, cancel);
        return new PollAnswer(polled, edition?.Number, installation.PublishingFault);
    }

    /// <inheritdoc/>
    public async Task<ExportAnswer> ExportAsync(ExportRequest request, CancellationToken cancel)
    {
        var folder = new ExportFolder(request.Folder);
        if (installation.Configuration.Closed)
            throw new ExitException(ExitCode.No, $"service.access is \"closed\": there is no public feed to export. {folder.Sweep()} files of earlier exports below {request.Folder} are removed.");
        await installation.PublishAsync(withPending: installation.Shelf.HasOpened, cancel);
        var documents = 0;
        foreach (var address in installation.Shelf.Known.Where(feed => !FeedAddress.IsProtectedFeed(feed)).SelectMany(Addresses))
        {
            if (installation.Shelf.Find(address) is not { IsGone: false } document) continue;
            await folder.WriteAsync(address.ToString().TrimStart('/'), document.Plain(), cancel);
            documents++;
            if (address is not { Format: FeedFormat.Atom, Archive: null } || FeedAddress.ProviderIn(address.Feed) is not { } provider) continue;
            await folder.WriteAsync($"providers/{provider}.opml", [ProviderList.Write(installation, address, installation.Configuration.Service.PublicUrl)], cancel);
            documents++;
        }

        return new ExportAnswer(documents, folder.Sweep());
    }

    /// <inheritdoc/>
    public async Task<HeldAnswer> DecideHeldAsync(HeldRequest request, CancellationToken cancel)
    {
        // A source that is disabled by now may have left something waiting.
        var source = Known(request.Source);
        var entries = await (request.Release ? installation.Holding.ReleaseAsync(source, cancel) : installation.Holding.DiscardAsync(source, cancel));
        if (entries == 0) throw new ExitException(ExitCode.No, $"Nothing of source '{source.Id}' waits; 'kwid poll {source.Id}' tells what waits of it, the operator's feed (/betrieb/feed.atom) what waits of all sources.");
        installation.Audit.Note(request.Release ? "released" : "discarded", source.Id.ToString(), $"{entries} entries");
        await installation.FlushAccessAsync(CancellationToken.None);
        if (!request.Release) return new HeldAnswer(entries, null, null);
        var edition = await installation.PublishAsync(withPending: installation.Shelf.HasOpened, cancel);
        return new HeldAnswer(entries, edition?.Number, installation.PublishingFault);
    }

    /// <inheritdoc/>
    public async Task<AcceptAnswer> AcceptAsync(AcceptRequest request, CancellationToken cancel)
    {
        if (installation.Keeper.Accept() is ReloadOutcome.Refused refused) return new AcceptAnswer(false, [.. refused.Problem.Mistakes.Select(mistake => mistake.ToString())]);
        installation.Audit.Note("configuration-accepted", installation.Configuration.File, $"version {installation.Configuration.Version[..12]}");
        await installation.FlushAccessAsync(CancellationToken.None);
        return new AcceptAnswer(true, []);
    }

    /// <inheritdoc/>
    public Task<ReplayAnswer> ReplayAsync(ReplayRequest request, CancellationToken cancel) => ReplayOperation.RunAsync(installation, request, cancel);

    /// <inheritdoc/>
    public Task<ExplainAnswer> ExplainAsync(ExplainRequest request, CancellationToken cancel) => ExplainOperation.RunAsync(installation, request, cancel);

    /// <inheritdoc/>
    public Task<WithdrawAnswer> WithdrawAsync(WithdrawRequest request, CancellationToken cancel) => WithdrawOperation.RunAsync(installation, request, cancel);

    /// <inheritdoc/>
    public Task<PreviewAnswer> PreviewAsync(PreviewRequest request, CancellationToken cancel) => Task.FromResult(PreviewOperation.Run(installation, request));

    /// <inheritdoc/>
    public Task<TokenAnswer> TokenAsync(TokenRequest request, CancellationToken cancel) => TokenOperation.RunAsync(installation, request, cancel);

    /// <inheritdoc/>
    public Task<BackupAnswer> BackupAsync(BackupRequest request, CancellationToken cancel) => BackupOperation.RunAsync(installation, request, cancel);

    /// <inheritdoc/>
    public Task<Verdict> VerifyAsync(VerifyRequest request, CancellationToken cancel) => Verification.RunAsync(installation.Care, installation.Shelf, installation.Clock, cancel);

    private Source Find(string id)
    {
        var source = Known(id);
        if (!source.Enabled) throw new ExitException(ExitCode.Usage, $"Source '{id}' is disabled; set \"enabled\": true in {installation.Configuration.File} first.");
        if (!source.IsSupported) throw new ExitException(ExitCode.Usage, $"Source '{id}' is of kind {source.Kind}, which this version does not support yet.");
        return source;
    }

    private Source Known(string id) => installation.Configuration.Sources.FirstOrDefault(source => source.Id.ToString() == id)
        ?? throw new ExitException(ExitCode.Usage, $"Source '{id}' is not in {installation.Configuration.File}; 'kwid poll --all --json' names all that are polled.");

    private IEnumerable<FeedAddress> Addresses(string feed)
    {
        yield return new FeedAddress(feed, FeedFormat.Atom, null);
        yield return new FeedAddress(feed, FeedFormat.Rss, null);
        foreach (var archive in installation.Shelf.Archives(feed)) yield return new FeedAddress(feed, FeedFormat.Atom, archive);
    }

    private static PolledSource Answer(PollReport report, bool explain) => new(
        report.Source.ToString(),
        report.Outcome switch { PollOutcome.Read => "read", PollOutcome.Unchanged => "unchanged", _ => "failed" },
        report.HttpStatus,
        report.New,
        report.Revised,
        [.. report.Rejected.Select(rejected => new RejectedItem(rejected.What, rejected.Reason))],
        report.Error,
        report.NextPoll)
    {
        Health = PolledHealth.Of(report.Health),
        DryRun = report.IsDryRun,
        Exchanges = explain ? [.. report.Exchanges.Select(PolledExchange.Of)] : null,
        Validators = explain ? report.ValidatorsDecision : null,
        NextPollReason = explain ? report.NextPollReason : null,
    };
}
