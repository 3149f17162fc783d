using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Kwid.Cli;

/// <summary>One line an event, with its instant in UTC. Capabilities are blotted out, whoever wrote them: at its finest levels the web server logs every address.</summary>
internal sealed partial class LogLine() : ConsoleFormatter(FormatterName)
{
    /// <summary>Under which the console finds it.</summary>
    public const string FormatterName = "kwid";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var fault = logEntry.Exception is { } exception ? " " + exception : "";
        var line = string.Create(CultureInfo.InvariantCulture, $"{Now():yyyy-MM-dd'T'HH:mm:ss'Z'} {Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {message}{fault}");
        textWriter.WriteLine(Token().Replace(line.ReplaceLineEndings(" "), "kwt_…"));
    }

    /// <summary>The machine's own: a log with another clock would be of no use beside those of others.</summary>
    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    [GeneratedRegex("kwt(_|%5[Ff])[A-Za-z0-9_%-]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
