namespace Kwid.Core.Storage;

/// <summary>The store can't be opened, read or written. Feeds are served from the shelf meanwhile. The message names the file or server, what was found and what to do.</summary>
public sealed class StoreException : Exception
{
    /// <summary>With the driver's fault behind it.</summary>
    public StoreException(string message, Exception? inner = null)
        : base(message, inner) { }
}
