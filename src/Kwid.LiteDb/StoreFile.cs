using Kwid.Core.Storage;
using LiteDB;
using LiteDB.Engine;

namespace Kwid.LiteDb;

/// <summary>
/// One opened store: <c>kwid.db</c> with its log <c>kwid-log.db</c>. Used by one thread at a time. After a fault it is <see cref="IsBroken"/> and
/// must be opened anew; what was committed is then there.
/// </summary>
internal sealed class StoreFile : IDisposable
{
    private readonly WriteOrder _order = new();
    private readonly DataStream _data;
    private readonly LogStream _log;
    private readonly LiteDatabase _database;
    private bool _disposed;

    private StoreFile(string path)
    {
        Path = path;
        _data = new DataStream(path, _order);
        try
        {
            _log = new LogStream(LogPath(path), _order);
            _database = OpenDatabase();
        }
        catch
        {
            CloseFiles();
            throw;
        }
    }

    /// <summary>The data file.</summary>
    public string Path { get; }

    /// <summary>True after a fault: everything but <see cref="Dispose"/> is over.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Opens or creates the file, finishes what an interrupted process had committed, and brings the schema up to date.</summary>
    public static StoreFile Open(string path, TimeProvider time)
    {
        ThrowIfNoStore(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        LogCheck.DropIfTorn(path, LogPath(path));
        var file = Recover(path) ?? Recover(path) ?? throw new InvalidDataException("its log can't be emptied");
        try
        {
            Schema.Update(file, time);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads. The work must not leave anything open behind it.</summary>
    public T Read<T>(Func<Collections, T> work)
    {
        try
        {
            return work(new Collections(_database));
        }
        catch (Exception fault) when (fault is not StoreException)
        {
            IsBroken = true;
            throw;
        }
    }

    /// <summary>Of the data file, in bytes.</summary>
    public long Length => _data.Length;

    /// <summary>What of it holds nothing, in bytes.</summary>
    public long FreeBytes() => _data.FreeBytes();

    /// <summary>Closes the file and puts another in its place.</summary>
    public void ReplaceBy(string path)
    {
        IsBroken = true;
        Dispose();
        File.Move(path, Path, overwrite: true);
    }

    /// <summary>Copies the file as it is. After every transaction the log is empty, so the file alone is all.</summary>
    public void CopyTo(string path) => _data.CopyTo(path);

    /// <summary>One transaction. When it returns, the disk has it; when it throws, it has not happened.</summary>
    public T Write<T>(Func<Collections, T> work)
    {
        var result = default(T)!;
        _order.Begin();
        try
        {
            _database.BeginTrans();
            result = work(new Collections(_database));
            _database.Commit();
            Checkpoint();
            return result;
        }
        catch (Exception) when (_order.Happened)
        {
            // The log has it all; only the way from there into the data file failed. The next opening goes it again.
            IsBroken = true;
            return result;
        }
        catch (Exception fault)
        {
            IsBroken = true;
            // LiteDB, which was not told that the log is not whole, stumbles over what it does not find there: the disk's fault is the cause.
            var cause = _order.Fault;
            Forget();
            if (cause is null || fault is StoreException) throw;
            throw new IOException(cause.Message, cause.HResult);
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            _database.Dispose();
        }
        finally
        {
            CloseFiles();
        }
    }

    /// <summary>Opens the file and empties its log; null when only an unfinished transaction was in there, which is gone then.</summary>
    private static StoreFile? Recover(string path)
    {
        var file = new StoreFile(path);
        try
        {
            file.Checkpoint();
            if (file._log.Length == 0) return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Forget();
        return null;
    }

    public static string LogPath(string path) => System.IO.Path.ChangeExtension(path, null) + "-log" + System.IO.Path.GetExtension(path);

    /// <summary>A file of another kind is left alone: LiteDB cuts what it opens to whole pages before it looks at it.</summary>
    private static void ThrowIfNoStore(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length == 0) return;

        var start = new byte[64];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start.AsSpan(0, read).IndexOf("** This is a LiteDB file **"u8) != 32) throw new InvalidDataException("it does not begin like a LiteDB file");
    }

    private LiteDatabase OpenDatabase()
    {
        _order.DataOpen = _data.Length == 0;
        var engine = new LiteEngine(new EngineSettings { DataStream = _data, LogStream = _log, Collation = Collation.Binary });
        _order.DataOpen = false;
        var database = new LiteDatabase(engine);
        // No checkpoint but ours; written with the first transaction.
        if (database.CheckpointSize != 0) database.CheckpointSize = 0;
        if (!database.UtcDate) database.UtcDate = true;
        return database;
    }

    /// <summary>Carries the log into the data file and empties it.</summary>
    private void Checkpoint()
    {
        _order.Begin();
        _order.DataOpen = true;
        try
        {
            _database.Checkpoint();
        }
        finally
        {
            _order.DataOpen = false;
        }
    }

    /// <summary>Drops what a failed transaction has left in the log: before it the log was empty, so nothing else is in there.</summary>
    private void Forget()
    {
        // LiteDB holds this lock while it writes the log; its own thread may still be at it.
        lock (_log)
        {
            _order.Fault ??= new IOException("closed");
            try
            {
                _log.SetLength(0);
            }
            catch (IOException)
            {
                // The disk takes nothing at all. A log that is not whole is skipped by the next opening; the fault that led here is what is told.
            }
        }

        Dispose();
    }

    private void CloseFiles()
    {
        _log?.Dispose();
        _data.Dispose();
    }
}
