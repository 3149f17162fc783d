namespace Kwid.Scheduling;

/// <summary>Tells when a folder of notices has to be read: it looks otherwise than when it was read last, and has stopped changing. Knows neither folder nor clock.</summary>
internal sealed class NoticeLook
{
    private string? _read;
    private string? _before;
    private DateTimeOffset _since;

    /// <summary>Takes one look.</summary>
    /// <param name="look">What the folder looks like now.</param>
    /// <param name="now">UTC.</param>
    /// <param name="lastPoll">When it was read last, UTC; null: never.</param>
    /// <returns>Whether it is to be read now. It says so until that has happened: a poll may begin too early, or fail.</returns>
    public bool Take(string look, DateTimeOffset now, DateTimeOffset? lastPoll)
    {
        if (look == _read) return false;
        if (look != _before)
        {
            // A file may still be written: it has to look the same twice.
            (_before, _since) = (look, now);
            return false;
        }

        if (!(lastPoll > _since)) return true;
        _read = look;
        return false;
    }
}
