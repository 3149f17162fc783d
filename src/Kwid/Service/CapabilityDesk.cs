using Kwid.Core.Access;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Service;

/// <summary>
/// Issues, rotates and revokes capabilities: in the store with a line of the audit log first, then in memory and in the file beside the shelf. One change at a time: what is written
/// is what holds then, so that a use never undoes a revocation.
/// </summary>
internal sealed class CapabilityDesk(string data, TimeProvider clock) : IDisposable
{
    private readonly CapabilityFile _file = CapabilityFile.In(data);
    private readonly SemaphoreSlim _turn = new(1);
    private IAccessStore? _store;

    /// <summary>All capabilities.</summary>
    public CapabilityBook Book { get; } = new();

    /// <summary>What stood beside the shelf and the store did not know, when it was opened last: a restored one.</summary>
    public IReadOnlyList<Capability> Kept { get; private set; } = [];

    /// <summary>Why the file beside the shelf is not up to date; null when it is.</summary>
    public string? FileFault => _file.Fault;

    /// <summary>Takes up what stands beside the shelf: good enough to serve from before the store is open.</summary>
    public void Load() => Book.Learn(_file.Read());

    /// <summary>Takes up what the store has, and gives it what it does not know: what was revoked stays so.</summary>
    /// <exception cref="StoreException">The store does not take it.</exception>
    public async Task OpenAsync(IAccessStore store, IReadOnlyList<Capability> stored, CancellationToken cancel)
    {
        Kept = CapabilityMerge.Unknown(stored, _file.Read());
        if (Kept.Count > 0) await store.SaveAccessAsync(Kept, [.. Kept.Select(one => Event("token-kept", one, CapabilityMerge.Say(one)))], cancel);
        Book.Learn([.. stored.ExceptBy(Kept.Select(one => one.Id), one => one.Id), .. Kept]);
        if (stored.Count > 0 || _file.Exists) _file.Write(Book.All);
        _store = store;
    }

    /// <summary>A new capability for each of these holders, with its token: nobody sees it again.</summary>
    public async Task<IReadOnlyList<(Capability Capability, string Token)>> IssueAsync(IReadOnlyList<string> holders, string label, TimeSpan? lasts, CancellationToken cancel)
    {
        using var turn = await TakeTurnAsync(cancel);
        var now = clock.GetUtcNow();
        var made = holders.Select(holder => Book.Make(holder, label, now, now + lasts)).ToList();
        await SaveAsync([.. made.Select(one => one.Capability)], [.. made.Select(one => Event("token-issued", one.Capability, one.Capability.Expires is { } end ? $"until {end:u}" : null))], cancel);
        return made;
    }

    /// <summary>Puts a new capability in the place of one, which works on for the overlap.</summary>
    public async Task<(Capability Capability, string Token)> RotateAsync(Capability old, TimeSpan overlap, CancellationToken cancel)
    {
        using var turn = await TakeTurnAsync(cancel);
        var now = clock.GetUtcNow();
        var next = Book.Make(old.Holder, old.Label, now, old.Expires is { } end ? now + (end - old.Issued) : null);
        var ended = Current(old) with { Ended = now + overlap, Successor = next.Capability.Id };
        await SaveAsync([next.Capability, ended], [Event("token-rotated", ended, $"by {next.Capability.Id}, ends {ended.Ended:u}")], cancel);
        return next;
    }

    /// <summary>Ends a capability now.</summary>
    public async Task RevokeAsync(Capability capability, CancellationToken cancel)
    {
        using var turn = await TakeTurnAsync(cancel);
        var ended = Current(capability) with { Ended = clock.GetUtcNow(), Successor = null };
        var store = Store;
        // A killed process must not serve it again from the file; what the file alone knows is given to the store at the next start.
        _file.Write([.. Book.All.Where(one => one.Id != ended.Id), ended]);
        try
        {
            await store.SaveAccessAsync([ended], [Event("token-revoked", ended, null)], cancel);
            Book.Note([ended]);
        }
        finally
        {
            _file.Write(Book.All);
        }
    }

    /// <summary>Writes when capabilities were used; what can't be written now waits on.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        using var turn = await TakeTurnAsync(cancel);
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

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private IAccessStore Store => _store ?? throw new StoreException($"The store in '{data}' is not open yet; try again in a moment.");

    private Capability Current(Capability asked) => Book.Find(asked.Id) ?? asked;

    private async Task<IDisposable> TakeTurnAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        return new Turn(_turn);
    }

    private async Task SaveAsync(IReadOnlyList<Capability> changed, IReadOnlyList<AuditEvent> events, CancellationToken cancel)
    {
        await Store.SaveAccessAsync(changed, events, cancel);
        Book.Note(changed);
        _file.Write(Book.All);
    }

    private AuditEvent Event(string what, Capability capability, string? detail) => new(clock.GetUtcNow(), what, $"{capability.Holder} {capability.Id}", detail is null ? capability.Label : $"{capability.Label}, {detail}");

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
