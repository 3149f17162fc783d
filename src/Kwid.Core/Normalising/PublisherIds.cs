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
    private readonly Publisher[] _inTexts;
    private readonly Publisher[] _parameters;
    private readonly Dictionary<string, Publisher[]> _byHost;
    private readonly SearchValues<string>? _hints;
    private readonly ILookup<char, Publisher> _byFirst;

    /// <param name="further">Rows of the configuration: asked first; one with the name of a built-in row replaces it.</param>
    public PublisherIds(IReadOnlyList<Publisher> further)
    {
        var replaced = further.Select(row => row.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _publishers = [.. further, .. BuiltInPublishers.Rows.Where(row => !replaced.Contains(row.Name))];
        _parameters = Array.FindAll(_publishers, row => row.Parameter is not null);
        _byHost = _publishers.SelectMany(row => row.Hosts.Select(host => (Host: host, Row: row))).GroupBy(pair => pair.Host, pair => pair.Row, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
        // Those that need their publisher are never looked for in texts: a CVE id is in many.
        _inTexts = Array.FindAll(_publishers, row => !row.NeedsPublisher);
        _byFirst = _inTexts.Where(row => row.Hint is { Length: > 0 }).ToLookup(row => char.ToUpperInvariant(row.Hint![0]));
        _hints = Array.TrueForAll(_inTexts, row => row.Hint is not null) ? SearchValues.Create([.. _inTexts.Select(row => row.Hint!)], StringComparison.OrdinalIgnoreCase) : null;
    }

    /// <summary>The built-in rows alone.</summary>
    public static PublisherIds BuiltIn { get; } = new([]);

    /// <summary>The id of a document whose file bears that name, without ending (<c>wid-sec-w-2026-0001</c>); null when the name does not tell.</summary>
    public AdvisoryId? OfName(string name) => First(_inTexts, row => row.OfWhole(name))?.Id;

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
        var publisher = own is { } id ? First(_publishers, row => row.OfWhole(id.ToString()))?.Row : null;
        SortedSet<string>? names = null;
        foreach (var reference in references) Add(InAddress(reference.Url) ?? InText(reference.Text));
        foreach (var text in ids)
            if (MayName(text)) Add(First(_inTexts, row => row.OfWhole(text)));
        return names is null ? [] : [.. names.Select(name => new AdvisoryId(name))];

        void Add(Found? found)
        {
            if (found is { } name && name.Id != own && name.Row != publisher && name.Row.Template != publisher?.Template) (names ??= new(StringComparer.Ordinal)).Add(name.Id.ToString());
        }
    }

    private Found? FindRow(string? identifier, string? guid, Uri? permalink, string title)
    {
        if (identifier?.Trim() is { Length: > 0 } field && First(_inTexts, row => row.OfWhole(field)) is { } inField) return inField;
        if (guid?.Trim() is { Length: > 0 } text)
        {
            if (First(_inTexts, row => row.OfWhole(text)) is { } whole) return whole;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && InAddress(address) is { } inGuid) return inGuid;
        }

        if (permalink is not null && InAddress(permalink) is { } inLink) return inLink;
        return First(_inTexts, row => row.InTitle ? row.AtStartOf(title) : null);
    }

    private Found? FindRowOfDocument(string? trackingId, string? publisherNamespace)
    {
        if (trackingId?.Trim() is not { Length: > 0 } text || NamespacedId.HostOf(publisherNamespace) is not { } host) return null;
        return First(_publishers, row => row.Namespaces.Count == 0 ? row.NeedsPublisher ? null : row.OfWhole(text) : row.Namespaces.Any(known => IsAt(host, known)) ? row.OfWhole(text) : null);
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

    /// <summary>The first id in a text: only rows whose hint stands somewhere are asked.</summary>
    private Found? InText(string? text)
    {
        if (text is null || _hints is null) return text is null ? null : First(_inTexts, row => row.In(text));
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAny(_hints); at >= 0; at = rest.IndexOfAny(_hints))
        {
            rest = rest[at..];
            foreach (var row in _byFirst[char.ToUpperInvariant(rest[0])])
                if (rest.StartsWith(row.Hint, StringComparison.OrdinalIgnoreCase) && Valid(row, row.In(text)) is { } found) return found;
            rest = rest[1..];
        }

        return null;
    }

    private bool MayName(string text) => _hints is null || text.AsSpan().ContainsAny(_hints);

    private static Found? First(Publisher[] rows, Func<Publisher, string?> find)
    {
        foreach (var row in rows)
            if (Valid(row, find(row)) is { } found) return found;
        return null;
    }

    // Nobody else may speak for one of our own notices.
    private static Found? Valid(Publisher row, string? id) => AdvisoryId.IsValid(id) && new AdvisoryId(id!) is { IsNotice: false } valid ? new Found(row, valid) : null;

    private static bool IsAt(string host, string known) =>
        host.EndsWith(known, StringComparison.OrdinalIgnoreCase) && (host.Length == known.Length || host[^(known.Length + 1)] == '.');

    private readonly record struct Found(Publisher Row, AdvisoryId Id);
}
