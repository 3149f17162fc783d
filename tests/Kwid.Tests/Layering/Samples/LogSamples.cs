using Microsoft.Extensions.Logging;

namespace Kwid.Tests.Layering.Samples;

internal static partial class OneEvent
{
    [LoggerMessage(1, LogLevel.Information, "One")]
    internal static partial void LogOne(ILogger log);
}

internal static partial class SameEventAgain
{
    [LoggerMessage(1, LogLevel.Information, "One again")]
    internal static partial void LogOneAgain(ILogger log);
}

internal static partial class EventWithoutNumber
{
    [LoggerMessage(0, LogLevel.Information, "None")]
    internal static partial void LogNone(ILogger log);
}
