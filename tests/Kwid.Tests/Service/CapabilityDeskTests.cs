using Kwid.Core.Access;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using Kwid.Service;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Service;

/// <summary>What is ended stays ended, and no use is lost: whatever comes at the same time, and whatever was killed or restored.</summary>
public sealed class CapabilityDeskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kwid-desk-").FullName;
    private readonly FakeTimeProvider _clock = new(Make.Instant("2026-03-10T12:00:00Z"));
    private readonly GatedAccess _store = new();

    public CapabilityDeskTests() => Directory.CreateDirectory(Path.Combine(_folder, "shelf"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_use_that_is_written_while_a_revocation_waits_does_not_undo_it()
    {
        using var desk = await OpenAsync();
        var made = await IssueAsync(desk);
        _store.Close();

        var revoke = desk.RevokeAsync(made, Cancel);
        desk.Book.Use(made.Id, known => known with { LastUsed = _clock.GetUtcNow().AddMinutes(1) });
        var flush = desk.FlushAsync(Cancel);
        _store.Open();
        await Task.WhenAll(revoke, flush);

        Assert.Equal(_clock.GetUtcNow(), _store.Stored[made.Id].Ended);
        Assert.Equal(_clock.GetUtcNow().AddMinutes(1), _store.Stored[made.Id].LastUsed);
        Assert.Equal(_store.Stored[made.Id].LastUsed, desk.Book.Find(made.Id)!.LastUsed);
    }

    [Fact]
    public async Task A_use_that_is_written_while_a_rotation_waits_does_not_undo_it()
    {
        using var desk = await OpenAsync();
        var made = await IssueAsync(desk);
        _store.Close();

        var rotate = desk.RotateAsync(made, TimeSpan.FromDays(1), Cancel);
        desk.Book.Use(made.Id, known => known with { LastReader = "curl" });
        var flush = desk.FlushAsync(Cancel);
        _store.Open();
        var (next, _) = await rotate;
        await flush;

        Assert.Equal((next.Id, "curl"), (_store.Stored[made.Id].Successor, _store.Stored[made.Id].LastReader));
    }

    [Fact]
    public async Task A_revocation_stands_in_the_file_before_the_store_has_it_and_a_start_after_a_kill_gives_it_to_the_store()
    {
        using var desk = await OpenAsync();
        var made = await IssueAsync(desk);
        _store.Close();

        var revoke = desk.RevokeAsync(made, Cancel);
        using var killed = new CapabilityDesk(_folder, _clock);
        killed.Load();
        var served = killed.Book.Find(made.Id);
        using var unrevoked = new GatedAccess();
        await killed.OpenAsync(unrevoked, [made], Cancel);
        _store.Open();
        await revoke;

        Assert.NotNull(served!.Ended);
        Assert.Equal(served.Ended, unrevoked.Stored[made.Id].Ended);
        Assert.Equal("token-kept", Assert.Single(unrevoked.Events).What);
    }

    [Fact]
    public async Task A_revocation_that_the_store_refuses_holds_nowhere()
    {
        using var desk = await OpenAsync();
        var made = await IssueAsync(desk);
        _store.Fault = new StoreException("The disk is full.");

        await Assert.ThrowsAsync<StoreException>(() => desk.RevokeAsync(made, Cancel));

        Assert.Null(desk.Book.Find(made.Id)!.Ended);
        Assert.Null(Assert.Single(CapabilityFile.In(_folder).Read()).Ended);
    }

    [Fact]
    public async Task A_restored_store_learns_what_was_issued_and_ended_since_and_keeps_its_own()
    {
        using var desk = await OpenAsync();
        var (revoked, kept) = (await IssueAsync(desk), await IssueAsync(desk));
        _clock.Advance(TimeSpan.FromDays(1));
        await desk.RevokeAsync(revoked, Cancel);
        var later = await IssueAsync(desk);
        using var restored = new CapabilityDesk(_folder, _clock);
        using var backup = new GatedAccess();

        restored.Load();
        await restored.OpenAsync(backup, [revoked, kept], Cancel);

        Assert.Equal(new[] { later.Id, revoked.Id }.Order(), restored.Kept.Select(one => one.Id).Order());
        Assert.Equal((_clock.GetUtcNow(), null, null), (restored.Book.Find(revoked.Id)!.Ended, restored.Book.Find(kept.Id)!.Ended, restored.Book.Find(later.Id)!.Ended));
        Assert.Equal(2, backup.Stored.Count);
        Assert.Equal(["token-kept", "token-kept"], backup.Events.Select(one => one.What));
    }

    [Fact]
    public async Task Uses_before_the_store_is_open_are_written_to_it()
    {
        using var before = await OpenAsync();
        var made = await IssueAsync(before);
        using var desk = new CapabilityDesk(_folder, _clock);
        desk.Load();

        desk.Book.Use(made.Id, known => known with { LastUsed = _clock.GetUtcNow(), LastEdition = 3 });
        await desk.OpenAsync(_store, [made], Cancel);
        await desk.FlushAsync(Cancel);

        Assert.Equal((_clock.GetUtcNow(), 3), (_store.Stored[made.Id].LastUsed, _store.Stored[made.Id].LastEdition));
    }

    [Fact]
    public async Task Of_many_issued_at_once_none_has_anothers_id()
    {
        using var desk = await OpenAsync();

        var made = await desk.IssueAsync([.. Enumerable.Range(0, 1000).Select(n => $"stelle-{n}")], "IT", null, Cancel);

        Assert.Equal(1000, made.Select(one => one.Capability.Id).Distinct().Count());
        Assert.All(made, one => Assert.Equal(16, one.Capability.Id.Length));
    }

    [Fact]
    public void A_copy_that_cannot_be_written_is_told_and_throws_nothing()
    {
        File.WriteAllText(Path.Combine(_folder, "no-folder"), "");
        var file = CapabilityFile.In(Path.Combine(_folder, "no-folder"));

        file.Write([]);

        Assert.NotNull(file.Fault);
    }

    private async Task<CapabilityDesk> OpenAsync()
    {
        var desk = new CapabilityDesk(_folder, _clock);
        await desk.OpenAsync(_store, [], Cancel);
        return desk;
    }

    private static async Task<Capability> IssueAsync(CapabilityDesk desk) => (await desk.IssueAsync(["05315000"], "IT", null, Cancel))[0].Capability;
}
