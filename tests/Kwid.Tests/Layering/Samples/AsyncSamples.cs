#pragma warning disable CA1812, CA1822, CA1068, CA1801, IDE0060, MA0038, MA0040, MA0041, CA2016, CA1816, CS1998
using Microsoft.AspNetCore.Http;

namespace Kwid.Tests.Layering.Samples;

internal sealed class WithoutToken
{
    internal static Task RunAsync() => Task.CompletedTask;
}

internal sealed class WithTokenFirst
{
    internal static ValueTask<int> RunAsync(CancellationToken cancel, int number) => new(number);
}

internal sealed class WithTokenOfAnotherName
{
    internal static Task RunAsync(CancellationToken ct) => Task.CompletedTask;
}

internal interface IStreamWithoutToken
{
    IAsyncEnumerable<int> ReadAsync();
}

internal sealed class Cancellable : IAsyncDisposable
{
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static async Task RunAsync(int number, CancellationToken cancel)
    {
        Func<Task> local = async () => await Task.CompletedTask;
        await local();
    }

    internal static Task HandleAsync(HttpContext http) => Task.CompletedTask;

    internal static Task MeasureAsync(Func<Task> work) => work();
}
#pragma warning restore
