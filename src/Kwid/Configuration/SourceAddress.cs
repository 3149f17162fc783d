namespace Kwid.Configuration;

/// <summary>Addresses of sources as they may be written.</summary>
internal static class SourceAddress
{
    /// <summary>
    /// An absolute http, https or file address; <c>file:inbox/</c> without a leading slash is relative to the folder (RFC 8089 knows no relative
    /// form, so this is ours). Null for anything else, and for an address with a login, which pages and logs would show.
    /// </summary>
    public static Uri? TryParse(string text, string folder)
    {
        if (text.StartsWith("file:", StringComparison.OrdinalIgnoreCase)) return TryParseFile(text["file:".Length..], folder);
        if (text.Any(char.IsWhiteSpace) || !Uri.TryCreate(text, UriKind.Absolute, out var url)) return null;
        return url is { Scheme: "http" or "https", UserInfo: "", Host.Length: > 0 } ? url : null;
    }

    private static Uri? TryParseFile(string rest, string folder)
    {
        if (rest.StartsWith("//", StringComparison.Ordinal)) rest = rest.StartsWith("///", StringComparison.Ordinal) ? rest[2..] : "";
        if (rest.Length == 0) return null;
        var path = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(rest)));
        return new Uri("file://" + Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal));
    }
}
