using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>What stands behind <c>/feeds/</c>: a recipient's feed in a format, or one of its archive documents.</summary>
/// <param name="Feed">Feed part: <c>05315000</c>.</param>
/// <param name="Format">By the file name's ending.</param>
/// <param name="Archive">1-based number of an archive document (RFC 5005), Atom only; null for the feed itself.</param>
public sealed record FeedAddress(string Feed, FeedFormat Format, int? Archive)
{
    private static readonly (string Ending, FeedFormat Format)[] Endings = [(".atom", FeedFormat.Atom), (".rss", FeedFormat.Rss)];

    /// <summary>Reads <c>05315000.atom</c> or <c>05315000/archive/3.atom</c>; false for anything else.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out FeedAddress? address)
    {
        address = null;
        foreach (var (ending, format) in Endings)
        {
            if (!path.EndsWith(ending, StringComparison.Ordinal)) continue;
            var parts = path[..^ending.Length].Split('/');
            if (!RecipientKey.IsValid(parts[0])) return false;
            address = parts switch
            {
                [var key] => new FeedAddress(key, format, null),
                [var key, "archive", var number] when format is FeedFormat.Atom && TryNumber(number, out var n) => new FeedAddress(key, format, n),
                _ => null,
            };
        }

        return address is not null;
    }

    /// <summary>The path below the public address: <c>/feeds/05315000.atom</c>.</summary>
    public override string ToString()
    {
        var ending = Array.Find(Endings, pair => pair.Format == Format).Ending;
        return Archive is { } n ? string.Create(CultureInfo.InvariantCulture, $"/feeds/{Feed}/archive/{n}{ending}") : $"/feeds/{Feed}{ending}";
    }

    // "01" would be a second address of the same document.
    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && text[0] != '0';
}
