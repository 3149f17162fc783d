using System.Globalization;
using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>A merger as a feed tells it (P9).</summary>
/// <param name="Since">The edition that showed it first.</param>
/// <param name="Successor">Who took the place of the feed's recipient.</param>
internal sealed record Merger(EditionMark Since, Succession Successor)
{
    /// <summary>How it stands after a change of the feed: a successor that stays keeps its day.</summary>
    public static Merger? After(Merger? known, FeedChange change, EditionMark mark) => change.Successor is not { } successor
        ? null
        : new Merger(known?.Successor.Key == successor.Key ? known.Since : mark, successor);

    /// <summary>The entry that explains it; unique per merger, since its successor may be merged in its turn.</summary>
    /// <param name="zone">In which days are told.</param>
    /// <param name="isProtected">Whether the feed stands behind a capability: then the operator gives the new address.</param>
    public ReaderWord Word(TimeZoneInfo zone, bool isProtected)
    {
        var (former, name) = (Holes.Clean(Successor.Former), Holes.Clean(Successor.Name));
        var text = $"{former} gehört seit dem {Day(Since.Instant, zone)} zu {name}. Dieser Feed bleibt und zeigt dieselben Hinweise wie der von {name}.";
        return new ReaderWord(
            string.Create(CultureInfo.InvariantCulture, $"zusammenschluss/{Since.Number}"), Since.Instant, $"{former} gehört jetzt zu {name}",
            isProtected ? $"{text} Die neue geschützte Adresse bekommen Sie vom Betreiber dieses Dienstes:" : $"{text} Neue Adresse:")
        {
            Page = isProtected ? "/" : $"/kommunen/{Successor.Key}",
        };
    }
}
