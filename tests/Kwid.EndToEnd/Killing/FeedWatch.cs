using System.Xml.Linq;

namespace Kwid.EndToEnd.Killing;

/// <summary>Reads one feed again and again: what was served once stays as it was, and what is new stands above it.</summary>
internal sealed class FeedWatch(HttpClient client, Uri address)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);
    private DateTimeOffset _newest = DateTimeOffset.MinValue;
    private string? _tag;
    private string? _body;

    /// <summary>Ids of all entries seen.</summary>
    public IReadOnlyCollection<string> Ids => _entries.Keys;

    /// <summary>Reads it, if anybody answers there.</summary>
    /// <returns>Whether it was answered.</returns>
    public async Task<bool> TryLookAsync(CancellationToken cancel)
    {
        try
        {
            Compare(await Raw.AskAsync(client, address, cancel));
            return true;
        }
        catch (HttpRequestException)
        {
            return false; // not up yet, or killed just now
        }
    }

    private void Compare(Raw answer)
    {
        Assert.Equal(200, (int)answer.Status);
        if (answer["ETag"] == _tag) Assert.Equal(_body, answer.Text);
        (_tag, _body) = (answer["ETag"], answer.Text);
        var entries = XDocument.Parse(answer.Text).Root!.Elements(Atom + "entry").ToDictionary(entry => (string)entry.Element(Atom + "id")!, StringComparer.Ordinal);
        Assert.Superset(_entries.Keys.ToHashSet(), entries.Keys.ToHashSet());
        var before = _newest;
        foreach (var (id, entry) in entries)
        {
            var text = entry.ToString(SaveOptions.DisableFormatting);
            var published = DateTimeOffset.Parse((string)entry.Element(Atom + "published")!, System.Globalization.CultureInfo.InvariantCulture);
            if (_entries.TryGetValue(id, out var known)) Assert.Equal(known, text);
            else Assert.True(published > before, $"{id} is new, but dated {published:u}, not after {before:u}, which readers have seen");
            _entries[id] = text;
            if (published > _newest) _newest = published;
        }
    }
}
