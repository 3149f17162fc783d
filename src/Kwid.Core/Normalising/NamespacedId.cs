using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>The id of a CSAF document whose publisher has no row in the table: <c>{host of the namespace}.{tracking id}</c>, in lower case.</summary>
internal static class NamespacedId
{
    /// <summary>Longest that is kept whole, so that a hash fits behind it.</summary>
    private const int Longest = 100;

    /// <summary>What may stand for itself; a dot could as well belong to the host.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>The host of a namespace; null when it names none.</summary>
    public static string? HostOf(string? publisherNamespace) =>
        Uri.TryCreate(publisherNamespace?.Trim(), UriKind.Absolute, out var address) && address.IdnHost is { Length: > 0 } host && char.IsAsciiLetterOrDigit(host[0]) ? host : null;

    /// <summary>
    /// Unique by namespace and tracking id. Where the two can't stand for themselves (a namespace with a path, as on a host of several publishers,
    /// characters that an id may not have, great length) a hash of both makes it so.
    /// </summary>
    public static AdvisoryId? Find(string? trackingId, string? publisherNamespace)
    {
        if (trackingId?.Trim() is not { Length: > 0 } written || HostOf(publisherNamespace) is not { } writtenHost) return null;
        var (id, host) = (Lower(written), Lower(writtenHost));
        var path = new Uri(publisherNamespace!.Trim()).PathAndQuery.TrimEnd('/');
        var isPlain = path.Length == 0 && !id.AsSpan().ContainsAnyExcept(Plain) && !host.Contains(':', StringComparison.Ordinal);
        var text = $"{host}.{id}";
        if (isPlain && text.Length <= Longest) return new AdvisoryId(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{host}{path}\n{id}")))[..16];
        return new AdvisoryId($"{Replaced(text.Length <= Longest ? text : text[..Longest])}-{hash}");
    }

    private static string Replaced(string text) => string.Create(text.Length, text, (characters, from) =>
    {
        for (var i = 0; i < from.Length; i++) characters[i] = Plain.Contains(from[i]) || from[i] == '.' ? from[i] : '-';
    });

#pragma warning disable CA1308 // Ids are compared without case, and lower case is what file names and addresses have.
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
