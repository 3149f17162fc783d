using System.Text.Json;

namespace Kwid.Core.Sources;

/// <summary>What a <see cref="FolderWalk"/> remembers: file name to what the file was when it was read.</summary>
internal static class FolderCursor
{
    /// <summary>The memory from its text; empty when there is none or it is not ours: then every file is read again, which harms nothing.</summary>
    public static SortedDictionary<string, FileMark> Read(string? cursor)
    {
        try
        {
            var marks = cursor is null ? null : JsonSerializer.Deserialize<Dictionary<string, FileMark>>(cursor);
            return new SortedDictionary<string, FileMark>(marks ?? [], StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return new SortedDictionary<string, FileMark>(StringComparer.Ordinal);
        }
    }

    /// <summary>The memory as text.</summary>
    public static string Write(SortedDictionary<string, FileMark> marks) => JsonSerializer.Serialize(marks);
}

/// <summary>What a file was when it was read.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Written">
/// Time of the last change, in ticks UTC; null when the file was read so soon after it that a further change could bear the same time.
/// </param>
/// <param name="Sha256">Of its bytes, in hexadecimal.</param>
internal sealed record FileMark(long Length, long? Written, string Sha256);
