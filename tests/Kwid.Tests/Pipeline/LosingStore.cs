using System.Reflection;
using Kwid.Core.Storage;

namespace Kwid.Tests.Pipeline;

/// <summary>A store that publishes, and loses the answer once: whoever asked can't know that it has happened.</summary>
public class LosingStore : DispatchProxy
{
    private IEntryStore _inner = null!;
    private bool _loses = true;

    public static IEntryStore Around(IEntryStore inner)
    {
        var store = Create<IEntryStore, LosingStore>();
        ((LosingStore)(object)store)._inner = inner;
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_inner, args);
        return targetMethod.Name == nameof(IEntryStore.PublishAsync) && _loses ? LoseAsync((Task)answer!) : answer;
    }

    private async Task LoseAsync(Task published)
    {
        _loses = false;
        await published;
        throw new StoreException("The connection was lost.");
    }
}
