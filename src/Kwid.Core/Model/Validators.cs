namespace Kwid.Core.Model;

/// <summary>What makes the next request conditional (RFC 9110 §8.8): opaque, kept byte for byte as the server sent it.</summary>
/// <param name="ETag">The ETag header with quotes and weakness mark; null when none came.</param>
/// <param name="LastModified">The Last-Modified header as text; null when none came.</param>
public sealed record Validators(string? ETag, string? LastModified)
{
    /// <summary>Nothing to ask with: the request is not conditional.</summary>
    public static Validators None { get; } = new(null, null);
}
