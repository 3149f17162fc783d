using System.Diagnostics;
using System.Globalization;

namespace Kwid.EndToEnd;

/// <summary>The real program in a process of its own, as built beside the tests. What still runs at the end of a test is killed, by its id.</summary>
internal sealed class KwidProcess : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private bool _isDisposed;

    private KwidProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
    }

    /// <summary>The built program.</summary>
    public static string ProgramPath { get; } = Path.Combine(AppContext.BaseDirectory, "kwid.dll");

    /// <summary>Lines of stdout so far.</summary>
    public IReadOnlyList<string> Output => Copy(_output);

    /// <summary>Lines of stderr so far: the log.</summary>
    public IReadOnlyList<string> Errors => Copy(_errors);

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts it. Environment variables <c>KWID_…</c> of the test run are not passed on.</summary>
    /// <param name="arguments">As typed after <c>kwid</c>.</param>
    /// <param name="folder">Its working folder; null for the tests' own.</param>
    /// <param name="environment">Further variables.</param>
    /// <param name="around">A program with its arguments that runs it; null: none.</param>
    public static KwidProcess Start(IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null, IEnumerable<string>? around = null)
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        string[] line = [.. around ?? [], host, ProgramPath, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("KWID_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;

        var kwid = new KwidProcess(start);
        kwid._process.Start();
        kwid._process.StandardInput.Close();
        kwid._process.BeginOutputReadLine();
        kwid._process.BeginErrorReadLine();
        return kwid;
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="TimeoutException">It had not ended by then; it is killed.</exception>
    public static async Task<ProgramRun> RunAsync(IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancel, string? folder = null)
    {
        await using var kwid = Start(arguments, folder);
        return await kwid.WaitForExitAsync(limit, cancel);
    }

    /// <summary>The first line, of stdout or stderr, that contains the text.</summary>
    public async Task<string> WaitForLineAsync(string part, TimeSpan limit, CancellationToken cancel)
    {
        string? found = null;
        await WaitUntilAsync(
            () =>
            {
                var ended = HasExited;
                found = Output.Concat(Errors).FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal));
                if (found is null && ended) throw Fault($"ended with {_process.ExitCode} without a line that contains '{part}'");
                return Task.FromResult(found is not null);
            },
            $"no line that contains '{part}'",
            limit,
            cancel);
        return found!;
    }

    /// <summary>Waits until the address answers with a success.</summary>
    public Task WaitForHttpAsync(HttpClient client, Uri address, TimeSpan limit, CancellationToken cancel) => WaitUntilAsync(
        async () =>
        {
            if (HasExited) throw Fault($"ended with {_process.ExitCode} before {address} answered");
            try
            {
                using var response = await client.GetAsync(address, cancel);
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;   // not listening yet
            }
        },
        $"no success from {address}",
        limit,
        cancel);

    /// <summary>Waits for its end and the last of its lines.</summary>
    public async Task<ProgramRun> WaitForExitAsync(TimeSpan limit, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Fault($"still runs after {limit}");
        }

        return new ProgramRun(_process.ExitCode, Output, Errors);
    }

    /// <summary>SIGKILL: it gets no chance to tidy up.</summary>
    public async Task<ProgramRun> KillAsync(CancellationToken cancel)
    {
        _process.Kill();
        return await WaitForExitAsync(LastWait, cancel);
    }

    /// <summary>SIGTERM: asks it to end in good order, and waits for that.</summary>
    public async Task<ProgramRun> TerminateAsync(TimeSpan limit, CancellationToken cancel)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancel);
        return await WaitForExitAsync(limit, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            using var limit = new CancellationTokenSource(LastWait);
            await _process.WaitForExitAsync(limit.Token);
        }

        _process.Dispose();
    }

    private async Task WaitUntilAsync(Func<Task<bool>> holds, string otherwise, TimeSpan limit, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(began) > limit) throw Fault($"{otherwise} within {limit}");
            await Task.Delay(Glance, TimeProvider.System, cancel);
        }
    }

    private TimeoutException Fault(string what) =>
        new($"kwid {string.Join(' ', _process.StartInfo.ArgumentList.Skip(1))}: {what}.\nstdout:\n{string.Join('\n', Output)}\nstderr:\n{string.Join('\n', Errors)}");

    private void Keep(List<string> lines, string? line)
    {
        if (line is null) return;
        lock (_gate) lines.Add(line);
    }

    private string[] Copy(List<string> lines)
    {
        lock (_gate) return [.. lines];
    }
}
