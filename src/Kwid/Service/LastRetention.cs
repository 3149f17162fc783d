using System.Globalization;

namespace Kwid.Service;

/// <summary>When retention ran last: kept in the data folder, so that restarts don't run it again. A file that can't be read makes it run once more, which does no harm.</summary>
/// <param name="data">The data folder.</param>
/// <param name="time">Says what day it is.</param>
internal sealed class LastRetention(string data, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    private readonly string _path = Path.Combine(data, "retention");

    /// <summary>Whether a day has passed since then; also when the clock was set back behind it.</summary>
    public bool IsDue => At is not { } ran || time.GetUtcNow() - ran >= Pause || time.GetUtcNow() < ran;

    /// <summary>Takes note that it ran.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void Note()
    {
        File.WriteAllText(_path + ".new", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) + "\n");
        File.Move(_path + ".new", _path, overwrite: true);
    }

    /// <summary>When it ran; null: never, or nobody knows.</summary>
    public DateTimeOffset? At =>
        File.Exists(_path) && DateTimeOffset.TryParse(File.ReadAllText(_path).Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var ran) ? ran : null;
}
