using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>What stands at an address: a recipient's or a provider's feed in a format, or one of its archive documents.</summary>
/// <param name="Feed">Feed part: <c>05315000</c>, <c>anbieter/kdn</c>, and of a protected feed <c>05315000/intern</c>, which no public address names.</param>
/// <param name="Format">By the file name's ending.</param>
/// <param name="Archive">1-based number of an archive document (RFC 5005), Atom only; null for the feed itself.</param>
public sealed record FeedAddress(string Feed, FeedFormat Format, int? Archive)
{
    private const string Protection = "/intern";
    private const string Providers = "anbieter/";
    private const string ProvidersPath = "providers/";
    private const string RecipientsPath = "feeds/";

    private static readonly (string Ending, FeedFormat Format)[] Endings = [(".atom", FeedFormat.Atom), (".rss", FeedFormat.Rss)];

    /// <summary>Feed part of a holder's protected feed.</summary>
    public static string ProtectedFeed(string holder) => holder + Protection;

    /// <summary>Feed part of a provider's public feed; also what its capabilities name as their holder.</summary>
    public static string ProviderFeed(string provider) => Providers + provider;

    /// <summary>Whether a feed part is a protected feed's: it may not be shown without a capability.</summary>
    public static bool IsProtectedFeed(string feed) => feed.EndsWith(Protection, StringComparison.Ordinal);

    /// <summary>The provider's id in the feed part of one; null in any other.</summary>
    public static string? ProviderIn(string holder) => holder.StartsWith(Providers, StringComparison.Ordinal) ? holder[Providers.Length..] : null;

    /// <summary>Whether it may not be shown without a capability.</summary>
    public bool IsProtected => IsProtectedFeed(Feed);

    /// <summary>The holder's own feed part, public or not.</summary>
    public string Holder => IsProtected ? Feed[..^Protection.Length] : Feed;

    /// <summary>The same document of the holder's protected feed.</summary>
    public FeedAddress Protected => IsProtected ? this : this with { Feed = ProtectedFeed(Feed) };

    /// <summary>Reads <c>05315000.atom</c> or <c>05315000/archive/3.atom</c>, what stands behind <c>/feeds/</c>; false for anything else.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out FeedAddress? address) => TryParse(path, "", out address);

    /// <summary>Reads <c>kdn.atom</c> or <c>kdn/archive/3.atom</c>, what stands behind <c>/providers/</c>; false for anything else.</summary>
    public static bool TryParseProvider(string path, [NotNullWhen(true)] out FeedAddress? address) => TryParse(path, Providers, out address);

    private static bool TryParse(string path, string before, [NotNullWhen(true)] out FeedAddress? address)
    {
        address = null;
        foreach (var (ending, format) in Endings)
        {
            if (!path.EndsWith(ending, StringComparison.Ordinal)) continue;
            var parts = path[..^ending.Length].Split('/');
            if (!RecipientKey.IsValid(parts[0])) return false;
            address = parts switch
            {
                [var key] => new FeedAddress(before + key, format, null),
                [var key, "archive", var number] when format is FeedFormat.Atom && TryNumber(number, out var n) => new FeedAddress(before + key, format, n),
                _ => null,
            };
        }

        return address is not null;
    }

    /// <summary>The path below the public address, or below that of a capability: <c>/feeds/05315000.atom</c>, <c>/providers/kdn.atom</c>.</summary>
    public override string ToString()
    {
        var ending = Array.Find(Endings, pair => pair.Format == Format).Ending;
        var stem = ProviderIn(Holder) is { } provider ? ProvidersPath + provider : RecipientsPath + Holder;
        return Archive is { } n ? string.Create(CultureInfo.InvariantCulture, $"/{stem}/archive/{n}{ending}") : $"/{stem}{ending}";
    }

    // "01" would be a second address of the same document.
    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && text[0] != '0';
}
