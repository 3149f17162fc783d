using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Simulation;

/// <summary>CERT-Bund as it was at any instant: the simulator of ../shared in a process of its own, ended by its id.</summary>
internal sealed class BsiReplay : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private BsiReplay(Process process, int port) => (_process, Address) = (process, new Uri($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    public Uri Rss => new(Address, "/content/public/securityAdvisory/rss");

    public Uri Metadata => new(Address, "/.well-known/csaf/provider-metadata.json");

    /// <summary>Starts it; without ../shared or python3 the test is skipped and says so.</summary>
    public static async Task<BsiReplay> StartAsync(string documents, CancellationToken cancel)
    {
        var script = SharedFiles.Find("upstream/bsi_replay.py");
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var start = new ProcessStartInfo("python3", [script, "--docs", documents, "--port", port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var process = Process.Start(start) ?? throw new InvalidOperationException("python3 did not start.");
        var line = await process.StandardOutput.ReadLineAsync(cancel);
        if (line is null || !line.Contains("advisories", StringComparison.Ordinal)) throw new InvalidOperationException($"The simulator says: {line} {await process.StandardError.ReadToEndAsync(cancel)}");
        return new BsiReplay(process, port);
    }

    /// <summary>Sets its clock.</summary>
    public Task SetAsync(DateTimeOffset now, CancellationToken cancel) => _http.GetStringAsync(new Uri(Address, $"/__clock?at={Stamp(now)}"), cancel);

    /// <summary>What became visible later than the one and not later than the other instant.</summary>
    public async Task<IReadOnlyList<ReplayEvent>> EventsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var text = await _http.GetStringAsync(new Uri(Address, $"/__events?from={Stamp(from)}&to={Stamp(to)}"), cancel);
        return JsonSerializer.Deserialize<IReadOnlyList<ReplayEvent>>(text, JsonSerializerOptions.Web)!;
    }

    /// <summary>Asks it, as the network would.</summary>
    public FetchOutcome Ask(FetchRequest request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, request.Address);
        // The simulator writes head and body apart: on a connection that lasts each answer would wait 40 ms for our delayed acknowledgement.
        message.Headers.ConnectionClose = true;
        if (request.Validators.ETag is { } tag) message.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag));
        using var answer = _http.Send(message, TestContext.Current.CancellationToken);
        var validators = new Validators(answer.Headers.ETag?.ToString(), answer.Content.Headers.LastModified?.ToString("R"));
        if (answer.StatusCode == HttpStatusCode.NotModified) return new FetchOutcome.NotModified(request.Validators);
        if (!answer.IsSuccessStatusCode) return new FetchOutcome.Failed((int)answer.StatusCode, $"{request.Address} answered {(int)answer.StatusCode}");
        using var body = new MemoryStream();
        answer.Content.ReadAsStream(TestContext.Current.CancellationToken).CopyTo(body);
        return new FetchOutcome.Fetched(new FetchedDocument(request.Address, body.ToArray(), answer.Content.Headers.ContentType?.ToString()), validators, 200);
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill();
        _process.Dispose();
    }

    private static string Stamp(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

/// <summary>One revision that became visible.</summary>
internal sealed record ReplayEvent(DateTimeOffset At, string Id, string Revision, string Summary, string Severity)
{
    /// <summary>As the portal writes it.</summary>
    public AdvisoryId Advisory => new(Id.Replace("WID-SEC-W-", "WID-SEC-", StringComparison.Ordinal));
}
