using System.Buffers;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>
/// Publishers' own ids of the matter an entry is about. Looked for where a source says what the entry <em>is</em> – guid, page, and for some
/// the start of the title –, never in links and texts, where advisories name each other: what is found there are <see cref="FindNames"/>.
/// </summary>
public sealed class PublisherIds
{
    private readonly Publisher[] _publishers;
    private readonly Publisher[] _parameters;
    private readonly Dictionary<string, Publisher[]> _byHost;
    private readonly SearchValues<string>? _hints;

    /// <param name="further">Rows of the configuration: asked first; one with the name of a built-in row replaces it.</param>
    public PublisherIds(IReadOnlyList<Publisher> further)
    {
        var replaced = further.Select(row => row.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _publishers = [.. further, .. BuiltInPublishers.Rows.Where(row => !replaced.Contains(row.Name))];
        _parameters = Array.FindAll(_publishers, row => row.Parameter is not null);
        _byHost = _publishers.SelectMany(row => row.Hosts.Select(host => (Host: host, Row: row))).GroupBy(pair => pair.Host, pair => pair.Row, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
        _hints = Array.TrueForAll(_publishers, row => row.Hint is not null) ? SearchValues.Create([.. _publishers.Select(row => row.Hint!)], StringComparison.OrdinalIgnoreCase) : null;
    }

    /// <summary>The built-in rows alone.</summary>
    public static PublisherIds BuiltIn { get; } = new([]);

    /// <summary>The id of a document whose file bears that name, without ending (<c>wid-sec-w-2026-0001</c>); null when the name does not tell.</summary>
    public AdvisoryId? OfName(string name) => First(row => row.NeedsPublisher ? null : row.OfWhole(name))?.Id;

    /// <summary>The id of an entry of a feed or page in its publisher's spelling; null when none is known.</summary>
    /// <param name="identifier">The publisher's own id in a field of its own; null without one.</param>
    /// <param name="guid">As the source wrote it: an id, or an address.</param>
    /// <param name="permalink">The entry's page.</param>
    /// <param name="title">Plain text without tokens.</param>
    public AdvisoryId? Find(string? identifier, string? guid, Uri? permalink, string title) => FindRow(identifier, guid, permalink, title)?.Id;

    /// <summary>The id of a CSAF document: that of a publisher whose namespace it bears, else one made of its namespace and its own id, else null.</summary>
    /// <param name="trackingId">Unique within the namespace (CSAF 2.0 §3.2.1.12.4).</param>
    /// <param name="publisherNamespace">As written.</param>
    public AdvisoryId? OfDocument(string? trackingId, string? publisherNamespace) => FindRowOfDocument(trackingId, publisherNamespace)?.Id ?? NamespacedId.Find(trackingId, publisherNamespace);

    /// <summary>Other publishers' ids that references name, distinct, sorted: by their address on the publisher's host, else by their text.</summary>
    /// <param name="own">Never this one, nor another of its publisher.</param>
    /// <param name="references">Addresses with their texts.</param>
    /// <param name="ids">Ids in fields of their own.</param>
    public IReadOnlyList<AdvisoryId> FindNames(AdvisoryId? own, IEnumerable<Reference> references, IEnumerable<string> ids)
    {
        var publisher = own is { } id ? First(row => row.OfWhole(id.ToString()))?.Row : null;
        SortedSet<string>? names = null;
        foreach (var reference in references) Add(InAddress(reference.Url) ?? InText(reference.Text));
        foreach (var text in ids)
            if (MayName(text)) Add(First(row => row.NeedsPublisher ? null : row.OfWhole(text)));
        return names is null ? [] : [.. names.Select(name => new AdvisoryId(name))];

        void Add(Found? found)
        {
            if (found is { } name && name.Id != own && name.Row != publisher && name.Row.Template != publisher?.Template) (names ??= new(StringComparer.Ordinal)).Add(name.Id.ToString());
        }
    }

    private Found? FindRow(string? identifier, string? guid, Uri? permalink, string title)
    {
        if (identifier?.Trim() is { Length: > 0 } field && First(row => row.NeedsPublisher ? null : row.OfWhole(field)) is { } inField) return inField;
        if (guid?.Trim() is { Length: > 0 } text)
        {
            if (First(row => row.NeedsPublisher ? null : row.OfWhole(text)) is { } whole) return whole;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && InAddress(address) is { } inGuid) return inGuid;
        }

        if (permalink is not null && InAddress(permalink) is { } inLink) return inLink;
        return First(row => row.InTitle ? row.AtStartOf(title) : null);
    }

    private Found? FindRowOfDocument(string? trackingId, string? publisherNamespace)
    {
        if (trackingId?.Trim() is not { Length: > 0 } text || NamespacedId.HostOf(publisherNamespace) is not { } host) return null;
        return First(row => row.Namespaces.Count == 0 ? row.NeedsPublisher ? null : row.OfWhole(text) : row.Namespaces.Any(known => IsAt(host, known)) ? row.OfWhole(text) : null);
    }

    /// <summary>Anywhere in an address of the publisher's host; on other hosts (mirrors, proxies) only as the parameter that the publisher uses.</summary>
    private Found? InAddress(Uri address)
    {
        if (address.Scheme is not ("http" or "https")) return null;
        var host = address.Host;
        for (var at = 0; at >= 0 && at < host.Length; at = host.IndexOf('.', at) is >= 0 and var dot ? dot + 1 : -1)
        {
            if (!_byHost.TryGetValue(host[at..], out var rows)) continue;
            var path = address.PathAndQuery;
            foreach (var row in rows)
                if (Valid(row, row.In(path)) is { } found) return found;
        }

        return address.Query.Length < 2 ? null : InQuery(address.Query);
    }

    private Found? InQuery(string query)
    {
        foreach (var parameter in query[1..].Split('&'))
        {
            if (parameter.Split('=') is not [var name, var value]) continue;
            foreach (var row in _parameters)
                if (name.Equals(row.Parameter, StringComparison.OrdinalIgnoreCase) && Valid(row, row.OfWhole(value)) is { } found) return found;
        }

        return null;
    }

    private Found? InText(string? text) => text is not null && MayName(text) ? First(row => row.NeedsPublisher ? null : row.In(text)) : null;

    private bool MayName(string text) => _hints is null || text.AsSpan().ContainsAny(_hints);

    private Found? First(Func<Publisher, string?> find)
    {
        foreach (var row in _publishers)
            if (Valid(row, find(row)) is { } found) return found;
        return null;
    }

    private static Found? Valid(Publisher row, string? id) => AdvisoryId.IsValid(id) ? new Found(row, new AdvisoryId(id!)) : null;

    private static bool IsAt(string host, string known) =>
        host.EndsWith(known, StringComparison.OrdinalIgnoreCase) && (host.Length == known.Length || host[^(known.Length + 1)] == '.');

    private readonly record struct Found(Publisher Row, AdvisoryId Id);
}
