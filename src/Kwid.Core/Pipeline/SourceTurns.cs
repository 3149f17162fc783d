using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>
/// One poll, release or replay of a source at a time. What is remembered of it is written after its turn and never during it, so that nothing older takes the
/// place of what the turn commits.
/// </summary>
/// <param name="writer">Writes it a few seconds later; null: whoever has the turn writes.</param>
public sealed class SourceTurns(StateWriter? writer = null)
{
    private readonly Turns<SourceId> _turns = new();

    /// <summary>Whether what is remembered is written after the turn.</summary>
    public bool Writes => writer is not null;

    /// <summary>Waits for the source's turn; disposing the result gives it on.</summary>
    public async Task<IDisposable> TakeAsync(SourceId source, CancellationToken cancel)
    {
        var turn = await _turns.TakeAsync(source, cancel);
        writer?.Withdraw(source);
        return new Turn(turn, source, writer);
    }

    /// <summary>Says that a source that nobody has the turn of is to be written.</summary>
    public void Write(SourceId source) => writer?.Add(source);

    private sealed class Turn(IDisposable inner, SourceId source, StateWriter? writer) : IDisposable
    {
        public void Dispose()
        {
            writer?.Add(source);
            inner.Dispose();
        }
    }
}
