using System.CommandLine;
using System.Globalization;
using Kwid.Cli;
using Kwid.Core.Care;
using Kwid.Core.Storage;

namespace Kwid;

/// <summary>The command line: finds the verb, runs it, turns what went wrong into a sentence and an exit code.</summary>
internal static class Program
{
    /// <summary>All verbs, in the order of <c>--help</c>; the first is the default.</summary>
    public static IReadOnlyList<IVerb> Verbs { get; } =
        [new ServeVerb(), new DemoVerb(), new CheckVerb(), new ReadVerb(), new PollVerb(), new ExportVerb(), new AcceptVerb(), new ReleaseVerb(), new DiscardVerb(), new ReplayVerb(), new ExplainVerb(), new WithdrawVerb(), new PreviewVerb(), new TokenVerb(), new BackupVerb(), new RestoreVerb(), new CopyVerb(), new VerifyVerb(), new HealthcheckVerb()];

    /// <summary>Told to end, a verb may take so long: longer than the host's own time to stop, so that its exit code counts.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(15);

    public static async Task<int> Main(string[] args)
    {
        // Command line, log and files are the same on every machine; pages and feeds name their German culture themselves.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        var line = BuildRoot().Parse(args);
        if (line.Errors.Count > 0)
        {
            foreach (var error in line.Errors) await Console.Error.WriteLineAsync($"kwid: {error.Message}");
            await Console.Error.WriteLineAsync("'kwid --help' shows verbs and flags.");
            return ExitCode.Usage;
        }

        try
        {
            return await line.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TerminationTimeout });
        }
        catch (ExitException end)
        {
            await Console.Error.WriteLineAsync(end.Message);
            return end.Code;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("kwid: told to end before it was done. What is stored stays; run it again for the rest.");
            return ExitCode.No;
        }
        catch (Exception fault) when (fault is ArgumentException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"kwid: {fault.Message} Check the paths and addresses given.");
            return ExitCode.Usage;
        }
        catch (StoreException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitCode.StoreFault;
        }
        catch (BackupException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
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
