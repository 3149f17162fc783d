namespace Kwid.Core.Sources.Csaf;

/// <summary>Looks whether a document's status is interim, so that it may change without notice, without reading it: that is Reading's business.</summary>
internal static class InterimProbe
{
    /// <summary>Whether the bytes hold <c>"status": "interim"</c>.</summary>
    public static bool IsInterim(ReadOnlySpan<byte> body)
    {
        for (var at = body.IndexOf("\"status\""u8); at >= 0; at = body.IndexOf("\"status\""u8))
        {
            body = body[(at + 8)..];
            var rest = body.TrimStart(" \t\r\n"u8);
            if (rest.StartsWith(":"u8) && rest[1..].TrimStart(" \t\r\n"u8).StartsWith("\"interim\""u8)) return true;
        }

        return false;
    }
}
