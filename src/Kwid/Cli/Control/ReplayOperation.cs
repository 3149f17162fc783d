using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Service;

namespace Kwid.Cli.Control;

/// <summary>Reads kept bodies again in the process that holds the data.</summary>
internal static class ReplayOperation
{
    public static async Task<ReplayAnswer> RunAsync(Installation installation, ReplayRequest request, CancellationToken cancel)
    {
        var (reports, without) = (new List<ReplayReport>(), new List<string>());
        foreach (var source in Chosen(installation, request.Source))
        {
            if (await installation.Replay.RunAsync(source, installation.Configuration.Polling, request.Commit, cancel) is { } report) reports.Add(report);
            else without.Add(source.Id.ToString());
        }

        var edition = request.Commit ? await installation.PublishAsync(withPending: true, cancel) : null;
        return new ReplayAnswer(reports, without, edition?.Number, request.Commit ? installation.PublishingFault : null) { Warning = installation.Raw.Fault };
    }

    private static List<Source> Chosen(Installation installation, string? id)
    {
        var chosen = installation.Configuration.Sources.Where(source => id is null || source.Id.ToString() == id).ToList();
        return chosen.Count > 0 || id is null ? chosen
            : throw new ExitException(ExitCode.Usage, $"Source '{id}' is not in {installation.Configuration.File}; 'kwid replay --json' names all.");
    }
}
