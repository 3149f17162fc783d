using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kwid.Core.Normalising;

/// <summary>The key of an entry within its source: the source's own guid, else its page, else a hash of title and day.</summary>
internal static class EntryGuid
{
    /// <summary>Longest guid kept as it is, in characters; of a longer one a hash is as good a key.</summary>
    private const int Longest = 4096;

    /// <summary>The guid byte for byte where it is not blank (RFC 4287 §4.2.6.1): even its blanks at either end are part of it.</summary>
    /// <param name="guid">As the source wrote it.</param>
    /// <param name="permalink">Canonical, see <see cref="Links.Find"/>.</param>
    /// <param name="title">Without tokens: an update must not change the key.</param>
    /// <param name="date">Its UTC day counts; null when the source gave none.</param>
    public static string Get(string? guid, Uri? permalink, string title, DateTimeOffset? date)
    {
        if (!string.IsNullOrWhiteSpace(guid)) return guid.Length <= Longest ? guid : Hash(guid);
        if (permalink is not null) return permalink.AbsoluteUri;
        var day = date?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
        return Hash($"{title}\n{day}");
    }

    private static string Hash(string text) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
