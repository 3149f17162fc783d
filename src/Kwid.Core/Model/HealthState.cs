namespace Kwid.Core.Model;

/// <summary>How a source fares, in one word; more than an HTTP status.</summary>
public enum HealthState
{
    /// <summary>Answered, and what it says looks as usual.</summary>
    Ok,

    /// <summary>The last polls failed.</summary>
    Failing,

    /// <summary>Answered, but nothing new for longer than it ever keeps silent.</summary>
    Stale,

    /// <summary>Its document has lost most of its entries.</summary>
    Shrunk,

    /// <summary>Its entries lost dates or ids, or bear others than before.</summary>
    Drift,

    /// <summary>Something else than a feed comes from its address: a page, mostly.</summary>
    NotAFeed,

    /// <summary>The publisher says that it is gone for good (HTTP 410).</summary>
    Gone,

    /// <summary>Answered from another address, for good (HTTP 301, 308).</summary>
    Moved,

    /// <summary>Left alone for a while, because its server asked for that (Retry-After).</summary>
    Paused,
}
