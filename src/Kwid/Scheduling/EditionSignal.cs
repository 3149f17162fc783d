using System.Threading.Channels;

namespace Kwid.Scheduling;

/// <summary>Says that there may be something to publish. Signals that nobody has taken yet are one.</summary>
internal sealed class EditionSignal
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _signal.Writer.TryWrite(true);

    /// <summary>Returns at a signal, or after the time given.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(atMost);
        try
        {
            await _signal.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Time is up: that is an answer too.
        }
    }
}
