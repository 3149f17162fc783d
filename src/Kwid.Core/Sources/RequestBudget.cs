using Polly;

namespace Kwid.Core.Sources;

/// <summary>The time that all requests of one fetch may take together.</summary>
/// <param name="total">What there is at first.</param>
/// <param name="time">Measures what is spent.</param>
internal sealed class RequestBudget(TimeSpan total, TimeProvider time)
{
    private static readonly ResiliencePropertyKey<RequestBudget> Key = new("kwid.budget");

    private TimeSpan _left = total;

    /// <summary>What is left; never quite nothing, because Polly takes zero for "no limit".</summary>
    public TimeSpan Left => _left > TimeSpan.FromMilliseconds(1) ? _left : TimeSpan.FromMilliseconds(1);

    /// <summary>Runs one request at this budget's cost.</summary>
    public async ValueTask<Answer> SpendAsync(Func<ValueTask<Answer>> request)
    {
        var start = time.GetTimestamp();
        try
        {
            return await request();
        }
        finally
        {
            _left -= time.GetElapsedTime(start);
        }
    }

    /// <summary>Takes it along through a pipeline.</summary>
    public void AttachTo(ResilienceContext context) => context.Properties.Set(Key, this);

    /// <summary>What is left of the budget taken along.</summary>
    public static TimeSpan LeftIn(ResilienceContext context) => context.Properties.TryGetValue(Key, out var budget) ? budget.Left : Timeout.InfiniteTimeSpan;
}
