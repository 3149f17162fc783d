using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Pipeline;

/// <summary>A merged municipality's feed lives on with its ids and shows its successor's content, with one entry that explains it (P9).</summary>
public class MergerTests
{
    private const string Old = "05999001.atom";
    private static readonly RecipientKey Successor = new("05315000");

    [Fact]
    public async Task The_old_feed_keeps_its_entries_and_ids_goes_on_with_the_successors_and_explains_once()
    {
        await using var shop = await OpenedAsync();
        var before = shop.Entries(path: Old).Select(Workshop.IdOf).ToList();

        Merge(shop);
        await shop.PublishAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "hoch", 2)));

        var after = shop.Entries(path: Old);
        Assert.Equal(["tag:kwid.test,2026:05999001/WID-SEC-2026-0002", "tag:kwid.test,2026:05999001/zusammenschluss/2", .. before], after.Select(Workshop.IdOf));
        Assert.Equal("Altstadt gehört jetzt zu Köln", Workshop.TitleOf(after[1]));
        Assert.Equal(
            "<p>Altstadt gehört seit dem 10. März 2026 zu Köln. Dieser Feed bleibt und zeigt dieselben Hinweise wie der von Köln. Neue Adresse: <a href=\"https://kwid.test/kommunen/05315000\">https://kwid.test/kommunen/05315000</a></p>",
            Workshop.BodyOf(after[1]));
        Assert.Contains(">KWID Test – Altstadt (jetzt Köln)</title>", shop.Feed(Old), StringComparison.Ordinal);
        Assert.Empty(shop.Entries("Altstadt"));
    }

    [Fact]
    public async Task The_explanation_stands_as_it_stood_after_a_restart_and_on_a_shelf_that_was_rebuilt()
    {
        await using var shop = await OpenedAsync();
        Merge(shop);
        await shop.PublishAsync();
        var (tag, feed) = (shop.Document(Old).Tag, shop.Feed(Old));
        shop.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Null(await shop.PublishAsync());
        await shop.AbandonAsync();

        await using (var restarted = await Workshop.OpenAsync(before: shop))
        {
            Take(restarted, shop);
            Assert.Null(await restarted.PublishAsync());
            Assert.Equal((tag, feed), (restarted.Document(Old).Tag, restarted.Feed(Old)));
        }

        Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var rebuilt = await Workshop.OpenAsync(before: shop);
        Assert.Equal(feed, rebuilt.Feed(Old));
    }

    [Fact]
    public async Task A_chain_is_told_anew_and_a_merger_that_was_a_mistake_is_over_with_its_explanation()
    {
        await using var shop = await OpenedAsync();
        shop.Recipients.Add(new Recipient(new RecipientKey("05314000"), "Bonn", null, Subscription.Default));
        Merge(shop);
        await shop.PublishAsync();

        shop.Recipients[1] = shop.Recipients[1] with { Successor = new RecipientKey("05314000") };
        await shop.PublishAsync();
        Assert.Equal(["Altstadt gehört jetzt zu Bonn"], shop.Entries("Altstadt", Old).Select(Workshop.TitleOf));
        shop.Recipients[1] = shop.Recipients[1] with { Successor = null };
        await shop.PublishAsync();

        Assert.Empty(shop.Entries("Altstadt", Old));
        Assert.Contains(">KWID Test – Altstadt</title>", shop.Feed(Old), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_protected_feed_goes_on_too_and_names_no_public_address()
    {
        await using var shop = await OpenedAsync();
        shop.Holders.Add("05999001");
        await shop.PublishAsync();
        var capability = new Capability("a1", "hash", "05999001", "IT-Leitung", shop.Clock.GetUtcNow());

        Merge(shop);
        await shop.PublishAsync();
        await shop.ReviseAsync(Make.Revision(Make.Entry(tlp: Tlp.Green), "X-1"));

        var feed = await ReadAsync(shop.Shelf.Find(new FeedAddress("05999001/intern", FeedFormat.Atom, null), capability, null)!);
        Assert.Contains("Altstadt (jetzt Köln) (geschützt)", feed, StringComparison.Ordinal);
        Assert.Contains("Altstadt gehört seit dem 10. März 2026 zu Köln.", feed, StringComparison.Ordinal);
        Assert.Contains("05999001/intern/X-1<", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("kommunen/05315000", feed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_recipients_feed_follows_with_its_title_keeps_its_ids_and_remembers_the_former_name()
    {
        await using var shop = await OpenedAsync();
        var before = shop.Entries().Select(Workshop.IdOf);

        shop.Recipients[0] = shop.Recipients[0] with { Name = "Colonia" };
        await shop.PublishAsync();

        Assert.Equal(before, shop.Entries().Select(Workshop.IdOf));
        Assert.Contains(">KWID Test – Colonia</title>", shop.Feed(), StringComparison.Ordinal);
        Assert.Equal(["Köln"], shop.Shelf.FormerNamesOf("05315000"));
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task A_recipient_that_was_removed_and_returns_goes_on_with_its_ids()
    {
        await using var shop = await OpenedAsync();
        var (before, recipient) = (shop.Entries(path: Old).Select(Workshop.IdOf).ToList(), shop.Recipients[1]);
        shop.Recipients.RemoveAt(1);
        await shop.PublishAsync();
        Assert.Contains("Diese Adresse wurde am 10. März 2026 beendet", shop.Feed(Old), StringComparison.Ordinal);
        shop.Clock.Advance(Farewell.Lasts + TimeSpan.FromDays(1));
        Assert.True(shop.Document(Old).IsGone);

        shop.Recipients.Add(recipient);
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "hoch", 2)));

        Assert.False(shop.Document(Old).IsGone);
        Assert.Equal(["tag:kwid.test,2026:05999001/WID-SEC-2026-0002", .. before], shop.Entries(path: Old).Select(Workshop.IdOf));
    }

    [Fact]
    public void A_provider_serves_a_merged_recipient_no_longer()
    {
        Recipient[] all = [new(Successor, "Köln", null, Subscription.Default), new(new RecipientKey("05999001"), "Altstadt", null, Subscription.Default) { Successor = Successor }];

        var served = Mergers.Served(new Provider("kdn", "KDN", [all[0].Key, all[1].Key]), all);

        Assert.Equal([Successor], served.Recipients);
    }

    private static async Task<Workshop> OpenedAsync()
    {
        var shop = await Workshop.OpenAsync();
        shop.Recipients.Add(new Recipient(new RecipientKey("05999001"), "Altstadt", null, Subscription.Default));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        await shop.PublishAsync();
        return shop;
    }

    private static void Merge(Workshop shop) => shop.Recipients[1] = shop.Recipients[1] with { Successor = Successor };

    private static void Take(Workshop to, Workshop from)
    {
        to.Recipients.Clear();
        to.Recipients.AddRange(from.Recipients);
    }

    private static async Task<string> ReadAsync(ShelvedDocument document)
    {
        var text = new MemoryStream();
        foreach (var piece in document.Plain()) await text.WriteAsync(piece, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
