using System.Reflection;
using Kwid.Core.Storage;

namespace Kwid.Tests.Pipeline;

/// <summary>A store that does what it is asked, and loses the answer once: whoever asked can't know that it has happened.</summary>
public class LosingStore : DispatchProxy
{
    private IEntryStore _inner = null!;
    private string _loses = "";

    /// <param name="inner">The store.</param>
    /// <param name="loses">The call whose next answer is lost.</param>
    public static IEntryStore Around(IEntryStore inner, string loses = nameof(IEntryStore.PublishAsync))
    {
        var store = Create<IEntryStore, LosingStore>();
        ((LosingStore)(object)store)._inner = inner;
        ((LosingStore)(object)store)._loses = loses;
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_inner, args);
        return targetMethod.Name == _loses ? LoseAsync((Task)answer!) : answer;
    }

    private async Task LoseAsync(Task done)
    {
        _loses = "";
        await done;
        throw new StoreException("The connection was lost.");
    }
}
