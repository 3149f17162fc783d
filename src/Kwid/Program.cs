using System.CommandLine;
using System.CommandLine.Parsing;
using Kwid.Cli;
using Kwid.Core.Storage;

namespace Kwid;

/// <summary>The command line: finds the verb, runs it, turns what went wrong into a sentence and an exit code.</summary>
internal static class Program
{
    /// <summary>Told to end, a verb may take so long: <c>serve</c> lets polls finish and ends by itself before. The library's two seconds would cut that short.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(15);

    /// <summary>All verbs, in the order of <c>--help</c>; the first is the default.</summary>
    public static IReadOnlyList<IVerb> Verbs { get; } =
        [new ServeVerb(), new DemoVerb(), new CheckVerb(), new ReadVerb(), new PollVerb(), new ExportVerb(), new AcceptVerb(), new HealthcheckVerb()];

    public static async Task<int> Main(string[] args)
    {
        var line = BuildRoot().Parse(args);
        if (line.Errors.Count > 0)
        {
            foreach (var error in line.Errors) await Console.Error.WriteLineAsync($"kwid: {error.Message}");
            await Console.Error.WriteLineAsync("'kwid --help' shows verbs and flags.");
            return ExitCode.Usage;
        }

        try
        {
            return await line.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Farewell });
        }
        catch (ExitException end)
        {
            await Console.Error.WriteLineAsync(end.Message);
            return end.Code;
        }
        catch (StoreException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitCode.StoreFault;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("kwid: told to end before it was done. What is stored stays; run it again for the rest.");
            return ExitCode.No;
        }
    }

    /// <summary>The whole command line.</summary>
    public static RootCommand BuildRoot()
    {
        var common = new CommonOptions();
        var root = new RootCommand("Kwid passes IT security advisories on to municipalities: one feed each. Without a verb it serves.");
        foreach (var option in common.All) root.Add(option);
        foreach (var verb in Verbs) root.Add(verb.Build(common));
        root.SetAction((line, cancel) => ServeVerb.RunAsync(common.Read(line), acceptNewIds: false, cancel));
        return root;
    }
}
