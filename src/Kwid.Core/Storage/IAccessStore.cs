using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>Who may read what, and what was decided. Capabilities are loaded with <see cref="StoreContents"/>.</summary>
/// <exception cref="StoreException">From every method, as in <see cref="IEntryStore"/>.</exception>
public interface IAccessStore
{
    /// <summary>Writes capabilities, new or changed, and what is to be said of it in the audit log, in one transaction.</summary>
    /// <param name="changed">Replace those with the same id.</param>
    /// <param name="events">In their order; the store gives them their numbers.</param>
    /// <param name="cancel">Stops before the transaction begins, never within.</param>
    Task SaveAccessAsync(IReadOnlyCollection<Capability> changed, IReadOnlyCollection<AuditEvent> events, CancellationToken cancel);

    /// <summary>The audit log above a number, in order.</summary>
    IAsyncEnumerable<AuditEvent> ReadAuditAsync(long after, CancellationToken cancel);
}
