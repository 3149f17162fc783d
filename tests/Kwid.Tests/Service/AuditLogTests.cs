using Kwid.Core.Model;
using Kwid.LiteDb;
using Kwid.Service;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Service;

/// <summary>The audit log follows the store: after a kill, a torn line, a restore.</summary>
public sealed class AuditLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kwid-audit-").FullName;
    private readonly FakeTimeProvider _clock = new(Make.Instant("2026-03-10T12:00:00Z"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Lines_are_numbered_and_a_torn_or_missing_end_comes_again_from_the_store()
    {
        await using var store = await LiteDbStore.OpenAsync(_folder, _clock, Cancel);
        using (var first = new AuditLog(_folder, _clock))
        {
            first.Note("started", "feeds.config.json");
            first.Note("withdrawn", "WID-SEC-2026-0001", "Fehlalarm für Köln");
            await first.FlushAsync(store, Cancel);
        }

        var file = Path.Combine(_folder, "audit.jsonl");
        var whole = await File.ReadAllTextAsync(file, Cancel);
        await File.WriteAllTextAsync(file, whole[..^20], Cancel);
        using var second = new AuditLog(_folder, _clock);
        await second.FlushAsync(store, Cancel);

        Assert.Equal(whole, await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal("{\"at\":\"2026-03-10T12:00:00+00:00\",\"what\":\"withdrawn\",\"subject\":\"WID-SEC-2026-0001\",\"detail\":\"Fehlalarm für Köln\",\"number\":2}", whole.Split('\n')[1]);
    }

    [Fact]
    public async Task What_a_store_from_a_backup_does_not_know_is_kept_beside()
    {
        await using var store = await LiteDbStore.OpenAsync(Path.Combine(_folder, "older"), _clock, Cancel);
        await store.SaveAccessAsync([], [new AuditEvent(_clock.GetUtcNow(), "started", "x", null)], Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, "audit.jsonl"), "{\"at\":\"2026-03-10T12:00:00Z\",\"what\":\"started\",\"subject\":\"x\",\"number\":7}\n", Cancel);
        using var log = new AuditLog(_folder, _clock);

        await log.FlushAsync(store, Cancel);

        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder, "audit.jsonl"), Cancel));
        Assert.Contains("\"number\":7", await File.ReadAllTextAsync(Path.Combine(_folder, "audit.jsonl.before-20260310T120000Z"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_last_line_has_the_restored_stores_number_but_says_something_else_is_kept_beside_too()
    {
        await using var store = await LiteDbStore.OpenAsync(Path.Combine(_folder, "older"), _clock, Cancel);
        await store.SaveAccessAsync([], [new AuditEvent(_clock.GetUtcNow(), "started", "x", null)], Cancel);
        await File.WriteAllLinesAsync(
            Path.Combine(_folder, "audit.jsonl"),
            ["{\"at\":\"2026-03-10T12:00:00Z\",\"what\":\"started\",\"subject\":\"x\",\"number\":1}", "{\"at\":\"2026-03-11T12:00:00Z\",\"what\":\"token-revoked\",\"subject\":\"05315000 ab\",\"number\":2}"],
            Cancel);
        using var log = new AuditLog(_folder, _clock);
        log.Note("restored", "b.gz", "edition 3");

        await log.FlushAsync(store, Cancel);

        Assert.Contains("\"restored\"", (await File.ReadAllLinesAsync(log.Path, Cancel))[1], StringComparison.Ordinal);
        Assert.Contains("token-revoked", await File.ReadAllTextAsync($"{log.Path}.before-20260310T120000Z", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tightened_label_that_a_killed_process_did_not_tell_is_told_once_at_the_next_start()
    {
        await using var store = await LiteDbStore.OpenAsync(_folder, _clock, Cancel);
        var edition = new Edition(7, _clock.GetUtcNow(), [new Publication("a", new RevisionKey(new AdvisoryId("WID-SEC-2026-0001"), 2), PublicationKind.Withdrawal, _clock.GetUtcNow(), 0, Publication.Tightened)], [], null);
        for (var start = 1; start <= 2; start++)
        {
            using var log = new AuditLog(_folder, _clock);
            await log.CatchUpAsync([edition], store, Cancel);
            await log.FlushAsync(store, Cancel);
        }

        var line = Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder, "audit.jsonl"), Cancel));

        Assert.Contains("edition 7 takes its text out of a", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_store_does_not_take_waits()
    {
        using var log = new AuditLog(_folder, _clock);
        log.Note("started", "x");
        var store = await LiteDbStore.OpenAsync(_folder, _clock, Cancel);
        await store.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => log.FlushAsync(store, Cancel));

        await using var again = await LiteDbStore.OpenAsync(_folder, _clock, Cancel);
        await log.FlushAsync(again, Cancel);

        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder, "audit.jsonl"), Cancel));
    }
}
