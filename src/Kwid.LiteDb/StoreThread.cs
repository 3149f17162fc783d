using System.Collections.Concurrent;

namespace Kwid.LiteDb;

/// <summary>
/// The one thread that touches the file. LiteDB binds transactions to threads, and 5.0.20 damages a file that two of them write; reads go the same
/// way, one after the other, in the order in which they were asked for. Opens the file anew after a fault.
/// </summary>
internal sealed class StoreThread : IAsyncDisposable
{
    private readonly BlockingCollection<IStoreJob> _jobs = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _path;
    private readonly TimeProvider _time;
    private StoreFile? _file;
    private bool _wasOpen;
    private int _closing;

    public StoreThread(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
        new Thread(Run) { IsBackground = true, Name = "Kwid store" }.Start();
    }

    /// <summary>Queues the work. Cancelling takes it out of the queue; once it has begun it goes on to its end.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<T> RunAsync<T>(Func<StoreFile, T> work, CancellationToken cancel)
    {
        var job = new StoreJob<T>(work, _path, cancel);
        Queue(job);
        return job.Done;
    }

    /// <summary>Queues a small write, which may share its transaction with others that wait.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task WriteAsync(Action<Collections> work, CancellationToken cancel)
    {
        var job = new StoreWrite(work, _path, cancel);
        Queue(job);
        return job.Done;
    }

    /// <summary>Does what is queued, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closing, 1) == 0)
        {
            _jobs.CompleteAdding();
            await _ended.Task;
            _jobs.Dispose();
        }

        await _ended.Task;
    }

    private void Queue(IStoreJob job)
    {
        try
        {
            _jobs.Add(job, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(LiteDbStore), $"Store '{_path}' is closed.");
        }
    }

    private void Run()
    {
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            var next = job;
            while (next is StoreWrite write) next = RunTogether(write);
            next?.Run(Opened);
            if (_file is { IsBroken: true }) Close();
        }

        Close();
        _ended.SetResult();
    }

    /// <summary>Runs a write with those that wait right behind it.</summary>
    /// <returns>What was found behind them; null when nothing was.</returns>
    private IStoreJob? RunTogether(StoreWrite first)
    {
        var writes = new List<StoreWrite> { first };
        IStoreJob? behind = null;
        while (behind is null && writes.Count < StoreWrite.MostTogether && _jobs.TryTake(out var job))
        {
            if (job is StoreWrite write) writes.Add(write);
            else behind = job;
        }

        StoreWrite.RunTogether(writes, Opened);
        return behind;
    }

    private StoreFile Opened()
    {
        if (_file is { IsBroken: true }) Close();
        if (_file is not null) return _file;

        // A store that was there a moment ago is never begun anew: its disk may have been unmounted.
        if (_wasOpen && !File.Exists(_path)) throw new FileNotFoundException("it was there when Kwid started and is gone now");
        _file = StoreFile.Open(_path, _time);
        _wasOpen = true;
        return _file;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
