using Kwid.Core.Sources;

namespace Kwid.Cli;

/// <summary>A document from a file or from standard input, within the bounds of a fetched one.</summary>
internal static class InputFile
{
    /// <summary>All bytes of the file; of standard input for <c>-</c>.</summary>
    /// <exception cref="IOException">It can't be read, or is longer than a document may be.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancel)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) throw new IOException("It is no path of a file.");
        if (Directory.Exists(path)) throw new IOException("It is a directory.");
        await using var input = path == "-" ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, useAsync: true);
        var most = FetchLimits.Default.MaxBodyBytes;
        using var all = new MemoryStream();
        var buffer = new byte[81_920];
        while (await input.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (all.Length + count > most) throw new IOException($"It has more than the {most} bytes that a document may have.");
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }
}
