using System.Runtime.CompilerServices;

namespace Kwid.Core.Pipeline;

/// <summary>Lets a walk go on to its next step while the last one is read and committed.</summary>
internal static class Lookahead
{
    /// <summary>The same steps; one of them is always under way.</summary>
    public static async IAsyncEnumerable<T> Ahead<T>(this IAsyncEnumerable<T> steps, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var walk = steps.GetAsyncEnumerator(cancel);
        var next = walk.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                var step = walk.Current;
                next = walk.MoveNextAsync().AsTask();
                yield return step;
            }
        }
        finally
        {
            // Whoever left early must not leave a walk behind that still walks; why it ended then is nobody's concern.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
