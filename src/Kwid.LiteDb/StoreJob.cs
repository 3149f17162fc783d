namespace Kwid.LiteDb;

/// <summary>Work that waits for the store's thread.</summary>
internal interface IStoreJob
{
    /// <summary>Does it, unless it was cancelled before. Never throws.</summary>
    void Run(Func<StoreFile> open);
}

/// <summary>Work with a result.</summary>
internal class StoreJob<T> : IStoreJob
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<StoreFile, T> _work;
    private readonly string _path;
    private readonly CancellationTokenRegistration _cancelled;
    private int _taken;

    public StoreJob(Func<StoreFile, T> work, string path, CancellationToken cancel)
    {
        _work = work;
        _path = path;
        _cancelled = cancel.UnsafeRegister(static (job, token) => ((StoreJob<T>)job!).Cancel(token), this);
    }

    /// <summary>Ends with the work's result, as cancelled, or with a <see cref="Core.Storage.StoreException"/>.</summary>
    public Task<T> Done => _done.Task;

    public void Run(Func<StoreFile> open)
    {
        if (TryBegin()) RunBegun(open);
    }

    /// <summary>Takes it out of everybody else's hands; false when it was cancelled.</summary>
    protected bool TryBegin()
    {
        if (Interlocked.Exchange(ref _taken, 1) != 0) return false;
        _cancelled.Unregister();
        return true;
    }

    /// <summary>Tells the caller that it was done.</summary>
    protected void End(T result) => _done.SetResult(result);

    /// <summary>Does it, once it has begun.</summary>
    protected void RunBegun(Func<StoreFile> open)
    {
        try
        {
            _done.SetResult(_work(open()));
        }
        catch (Exception fault)
        {
            _done.SetException(StoreFaults.Explain(_path, fault));
        }
    }

    private void Cancel(CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _taken, 1) == 0) _done.SetCanceled(cancel);
    }
}
