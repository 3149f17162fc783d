using System.Diagnostics;

namespace Kwid.EndToEnd;

/// <summary>Waits for something that another process brings about.</summary>
internal static class Wait
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks until it holds.</summary>
    /// <param name="holds">Is called again and again.</param>
    /// <param name="what">As in "did not happen: …".</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what, TimeSpan limit, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(began) > limit) throw new TimeoutException($"Did not happen within {limit}: {what}");
            await Task.Delay(Glance, TimeProvider.System, cancel);
        }
    }

    /// <summary>The same for what can be told at once.</summary>
    public static Task UntilAsync(Func<bool> holds, string what, TimeSpan limit, CancellationToken cancel) =>
        UntilAsync(() => Task.FromResult(holds()), what, limit, cancel);
}
