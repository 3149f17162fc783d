namespace Kwid.Scheduling;

/// <summary>Cuts polls that are still under way some seconds after the program was told to stop.</summary>
internal sealed class Stopping : IDisposable
{
    /// <summary>How long polls may go on; Docker kills after ten seconds.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _cut = new();
    private readonly CancellationTokenRegistration _told;

    public Stopping(IHostApplicationLifetime lifetime) => _told = lifetime.ApplicationStopping.Register(() =>
    {
        HasBegun = true;
        _cut.CancelAfter(Grace);
    });

    /// <summary>Whether the program was told to stop: nothing more is to be scheduled.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>For polls.</summary>
    public CancellationToken Token => _cut.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _told.Dispose();
        _cut.Dispose();
    }
}
