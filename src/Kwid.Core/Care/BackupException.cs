namespace Kwid.Core.Care;

/// <summary>A backup can't be used as it is. The message names the file, what was found and what to do.</summary>
public sealed class BackupException : Exception
{
    /// <summary>With what could not be read behind it.</summary>
    public BackupException(string message, Exception? inner = null)
        : base(message, inner) { }
}
