using System.Threading.Channels;

namespace Kwid.Scheduling;

/// <summary>Says that there may be something to publish. Signals that nobody has taken yet are one.</summary>
internal sealed class EditionSignal
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _signal.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancel) => await _signal.Reader.ReadAsync(cancel);
}
