namespace Kwid.Core.Publishing;

/// <summary>A format that feeds are written in.</summary>
public enum FeedFormat
{
    /// <summary>Atom 1.0 (RFC 4287), canonical.</summary>
    Atom,

    /// <summary>RSS 2.0.</summary>
    Rss,
}
