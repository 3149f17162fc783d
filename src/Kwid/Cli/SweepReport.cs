using Kwid.Core.Pipeline;
using Kwid.Scheduling;

namespace Kwid.Cli;

/// <summary>Shows how far the first sweep is: a bar on a terminal, lines in a log; at its end what was not reached.</summary>
internal static class SweepReport
{
    private const int BarLength = 30;
    private const int LinesInAll = 5;

    public static void Follow(FirstSweep sweep)
    {
        var terminal = !Console.IsErrorRedirected;
        sweep.Progress = (asked, due, failed) =>
        {
            // The bar leaves the cursor at its start, so that a line of the log takes its place.
            if (terminal) Console.Error.Write($"\r[{new string('#', BarLength * asked / due),-BarLength}] {asked} of {due} sources asked, {failed} not read\r");
            else if (asked == due || asked % Math.Max(1, due / LinesInAll) == 0) Console.Error.WriteLine($"first sweep: {asked} of {due} sources asked, {failed} not read");
            if (asked == due) Print(due, sweep.Failed, terminal);
        };
    }

    private static void Print(int due, IReadOnlyList<PollReport> failed, bool terminal)
    {
        if (terminal) Console.Error.WriteLine();
        Console.Out.WriteLine(failed.Count == 0
            ? $"First sweep done: all {due} sources were read."
            : $"First sweep done: {due - failed.Count} of {due} sources were read. Not read, each for the reason in the log, and asked again by itself: {string.Join(", ", failed.Select(report => report.Source))}");
    }
}
