using System.CommandLine;
using Kwid.Demo;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary><c>kwid demo</c>: everything without internet, from an upstream of its own, into a folder that is gone afterwards.</summary>
internal sealed class DemoVerb : IVerb
{
    private const string DefaultListen = "http://localhost:8080";

    public Command Build(CommonOptions common)
    {
        var command = new Command("demo", "Shows everything with invented advisories, without internet; nothing is kept");
        command.SetAction((line, cancel) =>
        {
            if (line.GetResult(common.Config) is not null || line.GetResult(common.Data) is not null)
                Console.Error.WriteLine("note: kwid demo brings its own configuration and keeps nothing; --config and --data are not used.");
            return RunAsync(common.Read(line), cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, CancellationToken cancel)
    {
        var listen = settings.Urls ?? DefaultListen;
        var folder = Directory.CreateTempSubdirectory("kwid-demo-").FullName;
        try
        {
            await using var upstream = await DemoUpstream.StartAsync(new ProgramClock(settings.Now), cancel);
            var config = Path.Combine(folder, "feeds.config.json");
            await File.WriteAllTextAsync(config, upstream.ConfigurationJson(listen), cancel);
            Console.Out.WriteLine($"Demonstration with invented advisories; new ones every few seconds. Try {listen}/ and {listen}/feeds/05315000.atom (Köln). Ctrl+C ends it.");
            return await ServeVerb.RunAsync(settings with { Config = config, Data = Path.Combine(folder, "data"), Urls = null }, acceptNewIds: false, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
