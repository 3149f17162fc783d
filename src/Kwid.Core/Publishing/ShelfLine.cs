using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>A line of <c>editions.jsonl</c>: JSON, a tab, which JSON in one line never holds, and its checksum in hex. Lines of earlier versions have none.</summary>
internal static class ShelfLine
{
    /// <summary>With its end.</summary>
    public static byte[] Write(ShelvedEdition edition)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(edition, ModelJson.Options);
        return [.. json, .. Encoding.ASCII.GetBytes($"\t{Checksum.Of(json):x8}\n")];
    }

    /// <summary>Without its end; null when it is not what was written.</summary>
    public static ShelvedEdition? TryRead(ReadOnlySpan<byte> line)
    {
        var tab = line.IndexOf((byte)'\t');
        var json = tab < 0 ? line : line[..tab];
        if (tab >= 0 && !(Utf8Parser.TryParse(line[(tab + 1)..], out uint sum, out _, 'x') && sum == Checksum.Of(json))) return null;
        try
        {
            return JsonSerializer.Deserialize<ShelvedEdition>(json, ModelJson.Options);
        }
        catch (Exception torn) when (torn is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
