using System.CommandLine;
using Kwid.Core.Care;

namespace Kwid.Cli;

/// <summary><c>kwid copy --from X --to Y</c>: all of a store into an empty one of the same or another kind, compared afterwards.</summary>
internal sealed class CopyVerb : IVerb
{
    private const string Places = "liteDb (in the data folder), postgres (of the configuration), liteDb:DIR or postgres:CONNECTION";

    public Command Build(CommonOptions common)
    {
        var from = new Option<string>("--from") { HelpName = "STORE", Required = true, Description = $"What to read: {Places}; ${{env:NAME}} and ${{file:PATH}} keep passwords off the command line" };
        var to = new Option<string>("--to") { HelpName = "STORE", Required = true, Description = "What to fill: the same words; it must be empty" };
        var command = new Command("copy", "Copies all of a store into an empty one and compares them; exit 1 when they are not equal") { from, to };
        command.SetAction((line, cancel) => RunAsync(common.Read(line), line.GetRequiredValue(from), line.GetRequiredValue(to), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, string from, string to, CancellationToken cancel)
    {
        if (from == to) throw new ExitException(ExitCode.Usage, "--to: it is what --from names; name an empty store.");
        using var places = new StorePlaces(settings);
        await using var source = await places.OpenAsync("--from", from, mustExist: true, cancel);
        await using var target = await places.OpenAsync("--to", to, mustExist: false, cancel);
        return Print(await StoreCopy.RunAsync(source.ReadAllAsync(cancel), target, cancel), settings.Json);
    }

    private static int Print(IReadOnlyList<CopiedKind> kinds, bool json)
    {
        var different = kinds.Where(kind => !kind.IsEqual).Select(kind => kind.Kind).ToList();
        if (json) Console.Out.WriteLine(CareText.Json(new { equal = different.Count == 0, kinds }));
        else foreach (var line in CareText.Table(kinds)) Console.Out.WriteLine(line);
        if (different.Count == 0) return ExitCode.Ok;
        Console.Error.WriteLine($"What --to names holds now is not what was read: {string.Join(", ", different)} differ. Don't use it; empty it and copy again, and report this if it stays so.");
        return ExitCode.No;
    }
}
