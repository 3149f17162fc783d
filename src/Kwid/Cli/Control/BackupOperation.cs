using Kwid.Configuration;
using Kwid.Core.Care;
using Kwid.Core.Storage;
using Kwid.Service;

namespace Kwid.Cli.Control;

/// <summary>Writes a backup in the process that holds the data.</summary>
internal static class BackupOperation
{
    private static string Program { get; } = typeof(BackupOperation).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static async Task<BackupAnswer> RunAsync(Installation installation, BackupRequest request, CancellationToken cancel)
    {
        if (Directory.Exists(request.File)) throw new ExitException(ExitCode.Usage, $"'{request.File}' is a folder; name a file, such as {Path.Combine(request.File, "kwid.backup.gz")}.");
        if (File.Exists(request.File) && !request.Force) throw new ExitException(ExitCode.Usage, $"'{request.File}' is there already; name another file, or replace it with --force.");
        await installation.FlushAsync(cancel);
        try
        {
            var head = new BackupHead(BackupHead.Current, Program, installation.Configuration.Service.Authority, installation.Clock.GetUtcNow(), 0);
            var foot = await BackupWriter.WriteAsync(request.File, head, await KeptFiles(installation.Data, cancel), installation.Care.ReadAllAsync(cancel), cancel);
            return new BackupAnswer(request.File, new FileInfo(request.File).Length, foot.Edition, foot.EditionInstant, foot.Kinds);
        }
        catch (Exception fault) when (fault.IsDiskFault())
        {
            throw new ExitException(ExitCode.Usage, $"'{request.File}' can't be written: {fault.Message} Give another file, room, or the right to write there to the user that Kwid runs as; nothing was left behind.");
        }
    }

    /// <summary>All else in the data folder is made again: shelf and memory from the store, raw bodies by polls.</summary>
    private static async Task<IReadOnlyList<KeptFile>> KeptFiles(string data, CancellationToken cancel)
    {
        var lastGood = new LastGood(data).Path;
        return File.Exists(lastGood) ? [new KeptFile(Path.GetFileName(lastGood), await File.ReadAllBytesAsync(lastGood, cancel))] : [];
    }
}
