using System.Globalization;
using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Pipeline;

/// <summary>
/// Random recipients, providers, documents, labels and addressees: in no feed of any kind, format or age stands a word that its document's label keeps from there,
/// as the document was when it said that word and as it is now.
/// </summary>
public class DisclosureTests
{
    private static readonly string[] Keys = ["05315000", "05314000", "05313000", "stadtwerke"];
    private static readonly Tlp[] Labels = [Tlp.Clear, Tlp.Clear, Tlp.Green, Tlp.Amber, Tlp.AmberStrict, Tlp.Red];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task No_word_stands_where_its_label_keeps_it_from(int seed)
    {
        var dice = new Random(seed);
        await using var shop = await OpenAsync(dice);
        var told = new Dictionary<string, List<Entry>>();

        for (var step = 0; step < 12; step++)
        {
            if (dice.Next(3) == 0) Rearrange(shop, dice);
            foreach (var entry in Enumerable.Range(0, dice.Next(6) == 0 ? 30 : 1 + dice.Next(3)).Select(i => Next(told, dice, step, i)).DistinctBy(entry => entry.Guid).ToList())
            {
                if (!told.TryGetValue(entry.Guid, out var revisions)) told[entry.Guid] = revisions = [];
                revisions.Add(entry);
                await shop.SayAsync(shop.Sources[0], entry, publish: false);
            }

            await shop.PublishAsync();
            shop.Clock.Advance(TimeSpan.FromHours(5));
            foreach (var (way, text) in Ways(shop)) Assert.True(!Leaks(way, text, told, shop).Any(), string.Join("\n", Leaks(way, text, told, shop)));
        }

        await shop.AssertRebuiltAsync();
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 25)];

    /// <summary>A new document, or the next state of one: each bears words of its own.</summary>
    private static Entry Next(Dictionary<string, List<Entry>> told, Random dice, int step, int i)
    {
        var old = told.Count > 0 && dice.Next(2) == 0 ? told.Keys.ElementAt(dice.Next(told.Count)) : null;
        var (guid, number) = old is null ? ($"doc{told.Count}n{i}", 1) : (old, told[old].Count + 1);
        var word = $"kanarie-{guid}-{number}-ende";
        var label = Labels[dice.Next(Labels.Length)];
        return Make.Entry(guid, $"{word} Titel", $"KWID-{guid}", severity: (Severity)(1 + dice.Next(4)), tlp: label, updated: Make.Instant("2026-03-10T00:00Z").AddHours((step * 6) + 1).ToString("O", CultureInfo.InvariantCulture)) with
        {
            Html = $"<p>{word}</p>",
            Text = word,
            Cves = [new CveId(string.Create(CultureInfo.InvariantCulture, $"CVE-2026-{10_000 + (step * 100) + i}"))],
            Recipients = dice.Next(2) == 0 ? [] : [.. Keys.Append("0531").Where(_ => dice.Next(3) == 0)],
            Withdrawn = number > 1 && dice.Next(8) == 0 ? $"Grund {word}" : null,
        };
    }

    private static void Rearrange(Workshop shop, Random dice)
    {
        for (var i = 0; i < shop.Providers.Count; i++)
            shop.Providers[i] = shop.Providers[i] with { Recipients = [.. shop.Recipients.Select(recipient => recipient.Key).Where(_ => dice.Next(2) == 0)] };
        if (dice.Next(2) == 0) shop.Holders.Add(Keys[dice.Next(Keys.Length)]);
    }

    private static IEnumerable<(string Feed, string Text)> Ways(Workshop shop)
    {
        foreach (var feed in shop.Shelf.Feeds.Keys)
        {
            yield return (feed, shop.Read(feed) + shop.Read(feed, FeedFormat.Rss));
            for (var n = 1; shop.Shelf.Find(new FeedAddress(feed, FeedFormat.Atom, n)) is { } archive; n++)
                yield return (feed, string.Concat(archive.Plain().Select(piece => Encoding.UTF8.GetString(piece.Span))));
        }
    }

    private static IEnumerable<string> Leaks(string feed, string text, Dictionary<string, List<Entry>> told, Workshop shop) =>
        from document in told.Values
        from entry in document
        where text.Contains(entry.Text, StringComparison.Ordinal) || entry.Cves.Any(cve => text.Contains(cve.ToString(), StringComparison.Ordinal))
        where !(MayStand(feed, entry, shop) && MayStand(feed, document[^1], shop) && document.Exists(state => IsMeant(feed, state, shop)))
        select $"{feed}: {entry.Text} ({entry.Tlp} for {string.Join(' ', entry.Recipients)}, now {document[^1].Tlp} for {string.Join(' ', document[^1].Recipients)})";

    /// <summary>The table of design 3, written a second time.</summary>
    private static bool MayStand(string feed, Entry entry, Workshop shop) => (entry.Tlp, feed.EndsWith("/intern", StringComparison.Ordinal)) switch
    {
        (Tlp.Clear, _) => true,
        (Tlp.Green, var isProtected) => isProtected,
        (Tlp.Amber, true) => Served(feed, shop).Any(key => IsNamed(entry, key)),
        (Tlp.AmberStrict, true) => !feed.StartsWith("anbieter/", StringComparison.Ordinal) && Served(feed, shop).Any(key => IsNamed(entry, key)),
        _ => false,
    };

    private static bool IsMeant(string feed, Entry entry, Workshop shop) => entry.Recipients.Count == 0 || feed.StartsWith("anbieter/", StringComparison.Ordinal) || Served(feed, shop).Any(key => IsNamed(entry, key));

    private static IEnumerable<string> Served(string feed, Workshop shop) => feed.Split('/') is ["anbieter", var id, ..]
        ? shop.Providers.Single(provider => provider.Id == id).Recipients.Select(key => key.ToString())
        : [feed.Split('/')[0]];

    private static bool IsNamed(Entry entry, string key) => entry.Recipients.Contains(key) || (key.StartsWith("0531", StringComparison.Ordinal) && entry.Recipients.Contains("0531"));

    private static async Task<Workshop> OpenAsync(Random dice)
    {
        var shop = await Workshop.OpenAsync();
        shop.Collapses = dice.Next(2) == 0;
        shop.Sources.Add(Make.Source("vendor", deliver: Delivery.Background));
        shop.Recipients.AddRange(Keys.Skip(1).Select(key => new Recipient(new RecipientKey(key), $"Stelle {key}", null, Subscription.Default)));
        shop.Providers.AddRange([new Provider("eins", "Eins", []), new Provider("zwei", "Zwei", [])]);
        shop.Holders.UnionWith(["anbieter/eins", "anbieter/zwei", Keys[dice.Next(Keys.Length)]]);
        Rearrange(shop, dice);
        await shop.SayAsync(shop.Sources[0], Make.Entry("o", "Eröffnung", "WID-SEC-2026-0001"));
        return shop;
    }
}
