using System.Diagnostics;

namespace Kwid.EndToEnd.Csaf;

/// <summary>The simulator of CERT-Bund's provider, on a port of its own.</summary>
internal sealed class BsiReplay : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private BsiReplay(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it; its clock stands at the instant.</summary>
    public static async Task<BsiReplay> StartAsync(string at, CancellationToken cancel)
    {
        var (script, docs, port) = (SharedFiles.Find("upstream/bsi_replay.py"), SharedFiles.Find("advisories/bsi-wid"), FreePort.Find());
        var process = Process.Start(new ProcessStartInfo("python3", [script, "--docs", docs, "--port", $"{port}", "--at", at]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var replay = new BsiReplay(process, new Uri($"http://127.0.0.1:{port}/"));
        using var client = new HttpClient();
        await Wait.UntilAsync(() => AnswersAsync(client, replay.Address, cancel), "bsi_replay.py answers", Limit, cancel);
        return replay;
    }

    /// <summary>Sets its clock.</summary>
    public async Task SetAsync(string at, CancellationToken cancel)
    {
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri(Address, $"__clock?at={at}"), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri address, CancellationToken cancel)
    {
        try
        {
            return (await client.GetStringAsync(new Uri(address, "__clock"), cancel)).Length > 0;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
