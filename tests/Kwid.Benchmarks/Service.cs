using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kwid.Benchmarks;

/// <summary>The real program as a process of its own, so that its memory can be measured.</summary>
internal sealed class Service : IDisposable
{
    private readonly Process _process;

    private Service(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts <c>kwid serve</c> and waits until it has published once.</summary>
    public static async Task<Service> StartAsync(string folder, string configuration, int port, HttpClient http, CancellationToken cancel)
    {
        var config = Path.Combine(folder, "feeds.config.json");
        await File.WriteAllTextAsync(config, configuration, cancel);
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "kwid.dll"), "serve", "--config", config, "--data", Path.Combine(folder, "data")]) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var service = new Service(process, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));
        await service.UntilAsync(http, "readyz", answer => answer.IsSuccessStatusCode, cancel);
        return service;
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A line of /proc/PID/status in MB: VmRSS now, VmHWM at most so far.</summary>
    public double Megabytes(string key)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status")).First(line => line.StartsWith(key + ":", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Asks until the answer suits, for a minute at most.</summary>
    public async Task UntilAsync(HttpClient http, string path, Func<HttpResponseMessage, bool> suits, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, path), limit.Token);
                if (suits(answer)) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
