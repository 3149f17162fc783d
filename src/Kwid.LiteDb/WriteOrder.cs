namespace Kwid.LiteDb;

/// <summary>
/// What the log file and the data file of one store know of each other. A transaction counts from the moment that its log has reached the disk;
/// before that nothing of it may reach the data file. LiteDB 5.0.20 by itself returns from a commit before anything is written.
/// </summary>
internal sealed class WriteOrder
{
    /// <summary>Makes the log reach the disk; set by the log.</summary>
    public Action ForceLog { get; set; } = () => { };

    /// <summary>The first write of the log that failed; null while all is well.</summary>
    public Exception? Fault { get; set; }

    /// <summary>True while a checkpoint (or the birth of the file) may change the data file.</summary>
    public bool DataOpen { get; set; }

    /// <summary>True once everything written to the log since <see cref="Begin"/> has reached the disk: the transaction has happened.</summary>
    public bool Happened { get; private set; }

    /// <summary>A transaction begins.</summary>
    public void Begin() => Happened = false;

    /// <summary>Called before the data file changes.</summary>
    /// <exception cref="IOException">The log is not whole: its message and code are those of <see cref="Fault"/>.</exception>
    public void EnsureLogged()
    {
        if (Happened) return;
        if (Fault is not null) throw new IOException(Fault.Message, Fault.HResult);
        ForceLog();
        Happened = true;
    }
}
