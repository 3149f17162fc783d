using System.Diagnostics;

namespace Kwid.Storage.Tests;

/// <summary>This executable once more, as a process of its own (<see cref="Child"/>).</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    private static string Executable { get; } =
        Path.Combine(AppContext.BaseDirectory, typeof(Child).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : ""));

    public static ChildProcess Start(params string[] order) => Start(new ProcessStartInfo(Executable, ["child", .. order]));

    /// <summary>With files of at most so many KiB: the system then answers writes like a full disk. Needs bash.</summary>
    public static ChildProcess StartWithin(int kibibytes, params string[] order)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -S -f {kibibytes}; exec \"$0\" \"$@\"", Executable, "child", .. order]);
        // The runtime's own large memory files would meet the limit too.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Start(start);
    }

    /// <summary>The next line it says; null when it ended.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancel) => await _process.StandardOutput.ReadLineAsync(cancel);

    public async Task SayAsync(string line, CancellationToken cancel)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancel);
        await _process.StandardInput.FlushAsync(cancel);
    }

    /// <summary>SIGKILL. Gives what it had said before and was not yet read.</summary>
    public async Task<List<string>> KillAsync(CancellationToken cancel)
    {
        _process.Kill();
        var rest = new List<string>();
        while (await ReadAsync(cancel) is { } line) rest.Add(line);
        await _process.WaitForExitAsync(cancel);
        return rest;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static ChildProcess Start(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        return new ChildProcess(Process.Start(start)!);
    }
}
