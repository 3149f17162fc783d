using Kwid.Core.Model;
using Kwid.Core.Normalising;

namespace Kwid.Core.Pipeline;

/// <summary>
/// What a folder of notices does not say by itself: which of those that were published are gone, and which expire. Only words withdraw: a file that is gone is a fault, and what was
/// published stays and expires when its time has come.
/// </summary>
internal sealed class NoticeFolder(Ledger ledger)
{
    /// <summary>The step with what expires of the notices that its files do not tell, and with those that should be told.</summary>
    public async Task<ReadStep> CompleteAsync(Source source, ReadStep step, DateTimeOffset now, CancellationToken cancel)
    {
        var (expired, missing) = (new List<Entry>(), new List<Rejected>());
        var told = step.Entries.Select(entry => entry.NativeId).ToHashSet();
        foreach (var entry in await ledger.ReadToldAsync(source, cancel))
        {
            if (told.Contains(entry.NativeId) || entry is { Withdrawn: not null } or { IsExpired: true } or { IsBared: true }) continue;
            if (entry.ValidUntil <= now) expired.Add(entry with { IsExpired = true });
            else if (Find(step, entry.NativeId!.Value) is var notice && notice is not { Mistakes.Count: > 0 }) missing.Add(new Rejected(source.Id, entry.NativeId.Value.ToString(), Fault(entry, isDraft: notice is not null)));
        }

        return step with { Entries = [.. step.Entries, .. expired], Missing = missing, Rejected = [.. step.Rejected, .. missing] };
    }

    /// <summary>When the next of them expires, UTC; null: none does.</summary>
    public async Task<DateTimeOffset?> FindNextEndAsync(Source source, DateTimeOffset now, CancellationToken cancel) =>
        (await ledger.ReadToldAsync(source, cancel)).Where(entry => entry is { IsExpired: false, Withdrawn: null } && entry.ValidUntil > now).Min(entry => entry.ValidUntil);

    /// <summary>What the files say of a notice; null when none names it.</summary>
    private static NoticeOutcome? Find(ReadStep step, AdvisoryId id) => step.Documents.Select(document => document.Notice).FirstOrDefault(notice => notice?.Id == id);

    private static string Fault(Entry entry, bool isDraft) => isDraft
        ? "It is published, but its file says status: draft now. It stays as it is; write status: withdrawn with a reason, or status: final."
        : $"It is published, but its file ({entry.Guid}.md) is gone. It stays as it is; put the file back, and write status: withdrawn with a reason, or validUntil, if it is over. If all are gone, look whether the folder is mounted.";
}
