using System.Reflection;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>
/// Builds feeds: frame, then entries out of fragments that are rendered once and shared by all feeds. One builder per <see cref="Look"/>;
/// the same edition and look always give the same bytes.
/// </summary>
public sealed class FeedBuilder
{
    private const long FragmentBytes = 48 * 1024 * 1024;

    private readonly ServiceIdentity _service;
    private readonly EntryBuilder _entries;
    private readonly Dictionary<FeedFormat, IFeedWriter> _writers = new() { [FeedFormat.Atom] = new AtomWriter(), [FeedFormat.Rss] = new RssWriter() };
    private readonly ByteBoundedCache<(FeedFormat, ShownEntry), Fragment> _fragments = new(FragmentBytes, fragment => fragment.Length);

    /// <param name="service">Everything of the configuration that shows in a feed's bytes.</param>
    public FeedBuilder(ServiceIdentity service)
    {
        _service = service;
        _entries = new EntryBuilder(service);
        Look = Fingerprint(service);
    }

    /// <summary>The zone in which days are told.</summary>
    internal TimeZoneInfo Zone => _service.TimeZone;

    /// <summary>Fingerprint of the writers' code and the service's texts, 8 hexadecimal characters: another look makes an edition.</summary>
    public string Look { get; }

    /// <summary>What a feed fills into an entry's holes, in bytes, generously: its part of two ids and the reason.</summary>
    private const int HoleAllowance = 300;

    /// <summary>How large the entry of a publication will be, in bytes of Atom.</summary>
    internal int Measure(Publication publication, Revision shown)
    {
        var entry = new ShownEntry(default, publication, publication.Revision, null, null);
        return _writers[FeedFormat.Atom].WriteEntry(_entries.Build(entry, shown, shown.Changes, [])).Length + HoleAllowance;
    }

    /// <summary>The whole document as pieces to be sent one after the other.</summary>
    /// <param name="address">Whose.</param>
    /// <param name="feed">What is known of it.</param>
    /// <param name="updated">Instant of its version.</param>
    /// <param name="snapshot">What it shows.</param>
    /// <param name="texts">Finds texts.</param>
    /// <param name="word">A word to this reader alone, on top; null for none.</param>
    /// <param name="merger">What became of the recipient, in its place among the entries; null for nothing.</param>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Build(FeedAddress address, FeedRecord feed, DateTimeOffset updated, FeedSnapshot snapshot, Func<RevisionKey, Revision> texts, ReaderWord? word = null, ReaderWord? merger = null)
    {
        var writer = _writers[address.Format];
        var (head, foot) = writer.WriteFrame(Frame(address, feed.Name, updated, snapshot)).AroundEntries();
        var id = Bytes(FeedId(address.Feed));
        var reasons = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var body = new List<ReadOnlyMemory<byte>> { head };
        Tell(word);
        foreach (var entry in address.Archive is { } number ? snapshot.ArchiveOf(number) : snapshot.Window)
        {
            if (entry.First.Instant <= merger?.Instant)
            {
                Tell(merger);
                merger = null;
            }

            var why = feed.Group is { } group ? $"{group.TextOf(entry)} {GermanWords.Reason(entry.First.Reason)}" : GermanWords.Reason(entry.First.Reason);
            // HTML within XML: escaped twice, in every format alike.
            if (!reasons.TryGetValue(why, out var reason)) reasons[why] = reason = Bytes(SecurityElement.Escape(GermanWords.Encode(Holes.Clean(why))));
            FragmentOf(address.Format, entry, texts).AppendTo(body, id, reason);
        }

        Tell(merger);
        body.Add(foot);
        return body;

        void Tell(ReaderWord? told)
        {
            if (told is not null) writer.WriteEntry(told.Item(_service)).AppendTo(body, id, ReadOnlyMemory<byte>.Empty);
        }
    }

    /// <summary>The document of an address that has ended (P10): one entry that explains it.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> BuildFarewell(FeedAddress address, string name, ReaderWord word)
    {
        var writer = _writers[address.Format];
        var (head, foot) = writer.WriteFrame(Frame(address, name, word.Instant, FeedSnapshot.Empty)).AroundEntries();
        var body = new List<ReadOnlyMemory<byte>> { head };
        writer.WriteEntry(word.Item(_service)).AppendTo(body, Bytes(FeedId(address.Feed)), ReadOnlyMemory<byte>.Empty);
        body.Add(foot);
        return body;
    }

    /// <summary>An entry whose text can't be read keeps its place and id, and says so: without it readers would forget it, and ring when it came back.</summary>
    private Fragment FragmentOf(FeedFormat format, ShownEntry entry, Func<RevisionKey, Revision> texts)
    {
        try
        {
            return _fragments.GetOrAdd((format, entry.Rendered), key => Render(_writers[format], key.Item2, texts));
        }
        catch (InvalidDataException)
        {
            return _writers[format].WriteEntry(_entries.BuildUnreadable(entry));
        }
    }

    private Fragment Render(IFeedWriter writer, ShownEntry entry, Func<RevisionKey, Revision> texts)
    {
        var shown = texts(entry.Shown);
        var news = entry.First.Revision == entry.Shown ? shown.Changes : texts(entry.First.Revision).Changes;
        return writer.WriteEntry(_entries.Build(entry, shown, news, [.. entry.Inside.Keys.Select(texts)]));
    }

    private FeedFrame Frame(FeedAddress address, string name, DateTimeOffset updated, FeedSnapshot snapshot)
    {
        return new FeedFrame(
            FeedId(address.Feed),
            GermanWords.Cut(Holes.Clean($"{_service.Title} – {name}"), 80),
            Holes.Clean($"Sicherheitshinweise für {name}. Ein Feed ist kein Alarm: Programme fragen nur alle 30 bis 100 Minuten nach."),
            Holes.Clean(_service.Title),
            updated,
            LinkTo(address),
            FeedAddress.ProviderIn(address.Holder) is null ? $"{_service.PublicUrl}/kommunen/{address.Holder}" : _service.PublicUrl + "/",
            snapshot.Before(address.Archive) is { } before ? LinkTo(new FeedAddress(address.Feed, FeedFormat.Atom, before)) : null,
            address.Archive is null ? null : LinkTo(new FeedAddress(address.Feed, address.Format, null)));

        string LinkTo(FeedAddress other) => address.IsProtected ? Relative(address, other) : _service.PublicUrl + other;
    }

    /// <summary>A protected address holds its secret, which stands in no document: links are relative to where the document was read.</summary>
    private static string Relative(FeedAddress from, FeedAddress to)
    {
        var root = new Uri("http://relative.invalid/");
        var link = new Uri(root, from.ToString()).MakeRelativeUri(new Uri(root, to.ToString())).OriginalString;
        return link.Length > 0 ? link : Path.GetFileName(to.ToString());
    }

    private string FeedId(string feed) => $"tag:{_service.Authority}:{feed}";

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Builds are deterministic, so the module's version id is a hash of the writers' code.</summary>
    private static string Fingerprint(ServiceIdentity service)
    {
        var writers = Assembly.GetExecutingAssembly().ManifestModule.ModuleVersionId;
        var text = $"{writers}\n{service.Title}\n{service.PublicUrl}\n{service.Authority}\n{service.TimeZone.Id}\n{service.Contact}\n{service.Hotline}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
    }
}
