using System.Reflection;
using Kwid.Configuration;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary>What <c>kwid serve</c> says of itself when it has started.</summary>
internal static class ServeReport
{
    /// <summary>The program's version, without the build's hash.</summary>
    public static string Version { get; } =
        (Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    private static string? Operators(KwidConfiguration configuration) => configuration switch
    {
        { OperatorListen: { } own } => $"{own}/betrieb/feed.atom and {own}/metrics",
        { OperatorToken: not null } => "/betrieb/feed.atom with service.operatorToken; /metrics is open",
        _ => null,
    };

    public static void Print(Installation installation)
    {
        var configuration = installation.Configuration;
        var sources = configuration.Sources;
        var disabled = sources.Count(source => !source.Enabled);
        var unsupported = sources.Count(source => source is { Enabled: true, IsSupported: false });
        Console.Out.WriteLine($"kwid {Version} serves {configuration.Listen} (for readers: {configuration.Service.PublicUrl})");
        Console.Out.WriteLine($"  sources        {sources.Count(source => source.IsPolled)} polled, {disabled} disabled, {unsupported} not supported yet");
        Console.Out.WriteLine($"  recipients     {configuration.Recipients.Count}, and 'alle': /feeds/KEY.atom and /feeds/KEY.rss; / finds keys by name");
        if (Operators(configuration) is { } operators) Console.Out.WriteLine($"  operator       {operators}");
        Console.Out.WriteLine($"  data           {installation.Data}{(installation.Shelf.Last is { } last ? $", edition {last.Number} of {last.Instant:u}" : ", nothing published yet")}");
        Console.Out.WriteLine($"  configuration  {configuration.File}{(installation.Keeper.Problem is null ? "" : " has mistakes (see the log); the last good one is in effect")}");
    }
}
