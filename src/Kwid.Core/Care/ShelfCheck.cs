using System.Security.Cryptography;
using System.Text.Json;
using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Core.Care;

/// <summary>The shelf against the store: the same editions, and a text for all that is shown.</summary>
internal sealed class ShelfCheck(Findings findings, Shelf shelf, TimeProvider time)
{
    /// <summary>An edition is in the store first, and a moment later on the shelf; how long all that come while this runs are waited for together.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly Dictionary<RevisionKey, string?> _texts = [];
    private readonly int _last = shelf.Last?.Number ?? 0;
    private long? _waiting;

    /// <summary>How many texts there are.</summary>
    public int Texts => _texts.Count;

    /// <summary>Reads every text; what is published meanwhile is not looked at.</summary>
    public void ReadTexts(CancellationToken cancel)
    {
        foreach (var key in shelf.TextKeys)
        {
            cancel.ThrowIfCancellationRequested();
            var text = shelf.FindText(key);
            _texts[key] = text is null ? null : Fingerprint.Of(text.Entry);
            if (text is null) findings.OnShelf(Findings.Name(key), "its text on the shelf can't be read");
            else if (text.Key != key) findings.OnShelf(Findings.Name(key), $"the shelf has the text of {Findings.Name(text.Key)} in its place");
        }
    }

    public void Look(Revision stored)
    {
        if (!_texts.TryGetValue(stored.Key, out var shown) || shown is null) return;
        var hasText = stored.Entry.Html.Length > 0 || stored.Entry.Text.Length > 0;
        if (hasText && shown != Fingerprint.Of(stored.Entry)) findings.OnShelf(Findings.Name(stored.Key), "its text on the shelf is not the one that is stored");
    }

    public async Task LookAsync(Edition stored, CancellationToken cancel)
    {
        var where = $"edition {stored.Number}";
        if (await FindAsync(stored.Number, cancel) is not { } shown) findings.OnShelf(where, "it is not on the shelf");
        else if (shown.Instant != stored.Instant) findings.OnShelf(where, $"it is of {stored.Instant:u} in the store, and of {shown.Instant:u} on the shelf");
        else if (!Hash(shown).AsSpan().SequenceEqual(Hash(stored))) findings.OnShelf(where, $"its {shown.Publications.Count} rows on the shelf are not its {stored.Publications.Count} rows in the store");
    }

    /// <summary>What feeds show must be there; of older entries retention may have taken it.</summary>
    public void Conclude()
    {
        foreach (var key in shelf.MissingTexts) findings.OnShelf(Findings.Name(key), "feeds show it, but its text is not on the shelf");
    }

    private async Task<Edition?> FindAsync(int number, CancellationToken cancel)
    {
        while (number > _last && shelf.FindEdition(number) is null && time.GetElapsedTime(_waiting ??= time.GetTimestamp()) < Moment) await Task.Delay(Glance, time, cancel);
        return shelf.FindEdition(number);
    }

    private static byte[] Hash(Edition edition) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(edition, ModelJson.Options));
}
