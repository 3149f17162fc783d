using Kwid.Core.Access;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Service;

/// <summary>Issues, rotates and revokes capabilities: in the store with a line of the audit log first, then in memory and in the file beside the shelf.</summary>
internal sealed class CapabilityDesk(string data, TimeProvider clock)
{
    private readonly CapabilityFile _file = new(Path.Combine(data, "shelf", "capabilities.json"));
    private IAccessStore? _store;

    /// <summary>All capabilities.</summary>
    public CapabilityBook Book { get; } = new();

    /// <summary>Why the file beside the shelf is not up to date; null when it is.</summary>
    public string? FileFault => _file.Fault;

    /// <summary>Takes up what stands beside the shelf: good enough to serve from before the store is open.</summary>
    public void Load() => Book.Learn(_file.Read());

    /// <summary>Takes up what the store has, which is the truth.</summary>
    public void Open(IAccessStore store, IReadOnlyList<Capability> stored)
    {
        _store = store;
        Book.Learn(stored);
        if (stored.Count > 0 || _file.Exists) _file.Write(Book.All);
    }

    /// <summary>A new capability for each of these holders, with its token: nobody sees it again.</summary>
    public async Task<IReadOnlyList<(Capability Capability, string Token)>> IssueAsync(IReadOnlyList<string> holders, string label, TimeSpan? lasts, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var made = holders.Select(holder => Book.Make(holder, label, now, now + lasts)).ToList();
        await SaveAsync([.. made.Select(one => one.Capability)], [.. made.Select(one => Event("token-issued", one.Capability, one.Capability.Expires is { } end ? $"until {end:u}" : null))], cancel);
        return made;
    }

    /// <summary>Puts a new capability in the place of one, which works on for the overlap.</summary>
    public async Task<(Capability Capability, string Token)> RotateAsync(Capability old, TimeSpan overlap, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var next = Book.Make(old.Holder, old.Label, now, old.Expires is { } end ? now + (end - old.Issued) : null);
        var ended = old with { Ended = now + overlap, Successor = next.Capability.Id };
        await SaveAsync([next.Capability, ended], [Event("token-rotated", ended, $"by {next.Capability.Id}, ends {ended.Ended:u}")], cancel);
        return next;
    }

    /// <summary>Ends a capability now.</summary>
    public Task RevokeAsync(Capability capability, CancellationToken cancel)
    {
        var ended = capability with { Ended = clock.GetUtcNow(), Successor = null };
        return SaveAsync([ended], [Event("token-revoked", ended, null)], cancel);
    }

    /// <summary>Writes when capabilities were used; what can't be written now waits on.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        if (_file.Fault is not null) _file.Write(Book.All);
        if (_store is null || Book.TakeUsed() is not { Count: > 0 } used) return;
        try
        {
            await _store.SaveAccessAsync(used, [], cancel);
        }
        catch
        {
            Book.Keep(used);
            throw;
        }
    }

    private async Task SaveAsync(IReadOnlyList<Capability> changed, IReadOnlyList<AuditEvent> events, CancellationToken cancel)
    {
        var store = _store ?? throw new StoreException($"The store in '{data}' is not open yet; try again in a moment.");
        await store.SaveAccessAsync(changed, events, cancel);
        Book.Note(changed);
        _file.Write(Book.All);
    }

    private AuditEvent Event(string what, Capability capability, string? detail) => new(clock.GetUtcNow(), what, $"{capability.Holder} {capability.Id}", detail is null ? capability.Label : $"{capability.Label}, {detail}");
}
