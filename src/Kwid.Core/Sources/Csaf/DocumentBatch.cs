using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Documents that are committed together: up to 50, or 8 MB, or what came within 5 seconds. What was read is not kept waiting, and memory is bounded.</summary>
internal sealed class DocumentBatch(TimeProvider time)
{
    private const int MostDocuments = 50;
    private const long MostBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly List<FetchOutcome.Fetched> _fetched = [];
    private long _bytes;
    private long _begun;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _fetched.Count == 0;

    /// <summary>Whether it is to be committed before one more of so many bytes is added.</summary>
    public bool IsFullFor(long bytes) =>
        !IsEmpty && (_fetched.Count >= MostDocuments || _bytes + bytes > MostBytes || time.GetElapsedTime(_begun) >= Longest);

    /// <summary>Adds one.</summary>
    public void Add(FetchOutcome.Fetched fetched)
    {
        if (IsEmpty) _begun = time.GetTimestamp();
        _fetched.Add(fetched);
        _bytes += fetched.Document.Body.Length;
    }

    /// <summary>What is in it as a step of the walk; then it is empty.</summary>
    public WalkStep Take(string cursor)
    {
        var step = new WalkStep(_fetched[0], cursor) { Documents = [.. _fetched.Select(each => each.Document)] };
        _fetched.Clear();
        _bytes = 0;
        return step;
    }
}
