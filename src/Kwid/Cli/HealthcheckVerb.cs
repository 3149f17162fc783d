using System.CommandLine;
using Kwid.Configuration;

namespace Kwid.Cli;

/// <summary><c>kwid healthcheck</c>: asks the running service whether it lives; for Docker and systemd.</summary>
internal sealed class HealthcheckVerb : IVerb
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public Command Build(CommonOptions common)
    {
        var command = new Command("healthcheck", "Asks the running service whether it lives; exit 1 when not");
        command.SetAction((line, cancel) => RunAsync(common.Read(line), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, CancellationToken cancel)
    {
        var address = AddressOf(settings);
        using var http = new HttpClient { Timeout = Timeout };
        try
        {
            using var response = await http.GetAsync(new Uri(address, "/healthz"), cancel);
            Console.Out.WriteLine($"{address}: {(int)response.StatusCode}");
            return response.IsSuccessStatusCode ? ExitCode.Ok : ExitCode.No;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {fault.Message}");
            return ExitCode.No;
        }
    }

    /// <summary>The first address that is listened on; one for all interfaces is asked on loopback.</summary>
    private static Uri AddressOf(Settings settings)
    {
        var listen = settings.Urls ?? (ConfigurationLoader.Load(settings.Config) is LoadOutcome.Loaded(var configuration, _) ? configuration.Listen : null)
            ?? throw new ExitException(ExitCode.Usage, $"{settings.Config} can't be read and --urls is not given: there is no address to ask. Run 'kwid check'.");
        var first = BindingAddress.Parse(listen.Split(';', StringSplitOptions.TrimEntries)[0]);
        var host = first.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : first.Host;
        return new Uri($"{first.Scheme}://{host}:{first.Port}/");
    }
}
