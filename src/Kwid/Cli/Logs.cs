using Microsoft.Extensions.Logging.Console;

namespace Kwid.Cli;

/// <summary>The log: one line an event, on standard error, so that results on standard output stay clean.</summary>
internal static class Logs
{
    public static void Configure(ILoggingBuilder logging, LogLevel least)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(least);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // A failed start is told in a sentence by who asked for it; a service that fails later is Critical here as well.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.AddConsoleFormatter<LogLine, ConsoleFormatterOptions>();
        logging.AddConsole(console =>
        {
            console.FormatterName = LogLine.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
    }
}
