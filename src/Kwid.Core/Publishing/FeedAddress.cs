using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>What stands behind <c>/feeds/</c>: a recipient's feed in a format, or one of its archive documents.</summary>
/// <param name="Feed">Feed part: <c>05315000</c>, and of a protected feed <c>05315000/intern</c>, which no public address names.</param>
/// <param name="Format">By the file name's ending.</param>
/// <param name="Archive">1-based number of an archive document (RFC 5005), Atom only; null for the feed itself.</param>
public sealed record FeedAddress(string Feed, FeedFormat Format, int? Archive)
{
    private const string Protection = "/intern";

    private static readonly (string Ending, FeedFormat Format)[] Endings = [(".atom", FeedFormat.Atom), (".rss", FeedFormat.Rss)];

    /// <summary>Feed part of a holder's protected feed.</summary>
    public static string ProtectedFeed(string holder) => holder + Protection;

    /// <summary>Whether a feed part is a protected feed's: it may not be shown without a capability.</summary>
    public static bool IsProtectedFeed(string feed) => feed.EndsWith(Protection, StringComparison.Ordinal);

    /// <summary>Whether it may not be shown without a capability.</summary>
    public bool IsProtected => IsProtectedFeed(Feed);

    /// <summary>The holder's own feed part, public or not.</summary>
    public string Holder => IsProtected ? Feed[..^Protection.Length] : Feed;

    /// <summary>The same document of the holder's protected feed.</summary>
    public FeedAddress Protected => IsProtected ? this : this with { Feed = ProtectedFeed(Feed) };

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

    /// <summary>The path below the public address, or below that of a capability: <c>/feeds/05315000.atom</c>.</summary>
    public override string ToString()
    {
        var ending = Array.Find(Endings, pair => pair.Format == Format).Ending;
        return Archive is { } n ? string.Create(CultureInfo.InvariantCulture, $"/feeds/{Holder}/archive/{n}{ending}") : $"/feeds/{Holder}{ending}";
    }

    // "01" would be a second address of the same document.
    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && text[0] != '0';
}
