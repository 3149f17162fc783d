using System.CommandLine;
using Kwid.Cli.Control;
using Kwid.Core.Model;

namespace Kwid.Cli;

/// <summary><c>kwid preview</c>: whom a notice reaches, before it is released.</summary>
internal sealed class PreviewVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var file = new Argument<string>("FILE") { Description = "A notice, such as notices/2026-1.md; drafts too" };
        var command = new Command("preview", "Tells whom a notice reaches before it is released; exit 1 if anyone can't be reached, or it has mistakes") { file };
        command.SetAction((line, cancel) => RunAsync(common.Read(line), line.GetRequiredValue(file), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, string file, CancellationToken cancel)
    {
        var request = new PreviewRequest(file, Path.GetFullPath(file), await ReadAsync(file, cancel));
        return await DataVerb.RunAsync(
            settings,
            async operations =>
            {
                var answer = await operations.PreviewAsync(request, cancel);
                foreach (var line in PreviewText.Lines(answer, settings.Json)) Console.Out.WriteLine(line);
                if (!settings.Json) foreach (var remark in answer.Remarks) Console.Error.WriteLine(remark);
                return answer.Mistakes.Count == 0 && answer.Notice is { ReachesAll: true } ? ExitCode.Ok : ExitCode.No;
            },
            cancel);
    }

    /// <summary>One byte more than allowed at most: whose it is must not need memory without end.</summary>
    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var body = new byte[RawNotice.MaxBytes + 1];
            return body[..await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel)];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ExitException(ExitCode.Usage, $"kwid preview: {file} can't be read ({unreadable.Message.TrimEnd('.')}); give the path of a notice, such as notices/2026-1.md.");
        }
    }
}
