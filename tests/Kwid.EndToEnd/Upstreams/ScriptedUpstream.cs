using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kwid.EndToEnd.Upstreams;

/// <summary>An upstream on the loopback address that shows what the test tells it to, answers conditional requests, and remembers who asked how.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Shown> _shown = new(StringComparer.Ordinal);
    private readonly List<Asked> _asked = [];
    private readonly TaskCompletionSource _waitedFor = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<Asked> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedUpstream()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        _web = builder.Build();
        _web.Run(AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_web.Urls.Single());

    /// <summary>All requests answered, in order.</summary>
    public IReadOnlyList<Asked> Requests
    {
        get
        {
            lock (_gate) return [.. _asked];
        }
    }

    /// <summary>Done with the next answer that is sent with a body.</summary>
    public Task<Asked> NextBody
    {
        get
        {
            lock (_gate) return _next.Task;
        }
    }

    public static async Task<ScriptedUpstream> StartAsync(CancellationToken cancel)
    {
        var upstream = new ScriptedUpstream();
        await upstream._web.StartAsync(cancel);
        return upstream;
    }

    /// <summary>From now on a path shows a feed of the items.</summary>
    /// <returns>The ETag that names this state.</returns>
    public string Show(string path, params IEnumerable<UpstreamItem> items)
    {
        var shown = new Shown(200, "application/rss+xml", Encoding.UTF8.GetBytes(UpstreamItem.Write(items)), Hangs: false);
        lock (_gate) _shown[path] = shown;
        return shown.ETag;
    }

    /// <summary>From now on a path answers so.</summary>
    public void Show(string path, int status, string type, string body)
    {
        lock (_gate) _shown[path] = new Shown(status, type, Encoding.UTF8.GetBytes(body), Hangs: false);
    }

    /// <summary>From now on a path answers with these bytes, which it says are packed with gzip.</summary>
    public void ShowPacked(string path, string type, byte[] body)
    {
        lock (_gate) _shown[path] = new Shown(200, type, body, Hangs: false, "gzip");
    }

    /// <summary>From now on a path answers nothing at all, and keeps the line open.</summary>
    /// <returns>Done when somebody waits for it.</returns>
    public Task Hang(string path)
    {
        lock (_gate) _shown[path] = new Shown(200, "text/plain", [], Hangs: true);
        return _waitedFor.Task;
    }

    /// <summary>Whether the state shown now was asked for with its own validator: the asker has taken it in.</summary>
    public bool IsKnown(string path)
    {
        lock (_gate) return _asked.Exists(asked => asked.Path == path && asked.Status == 304 && asked.ETag == _shown[path].ETag);
    }

    /// <summary>Whether the state shown now was sent to anybody.</summary>
    public bool WasSent(string path)
    {
        lock (_gate) return _asked.Exists(asked => asked.Path == path && asked.Status == 200 && asked.ETag == _shown[path].ETag);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        Shown? shown;
        lock (_gate) shown = _shown.GetValueOrDefault(path);
        if (shown is { Hangs: true })
        {
            _waitedFor.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
            return;
        }

        var tag = http.Request.Headers.IfNoneMatch is [{ } asked] ? asked : null;
        http.Response.StatusCode = shown is null ? 404 : shown.Status == 200 && tag == shown.ETag ? 304 : shown.Status;
        if (shown is not null) http.Response.Headers.ETag = shown.ETag;
        var answer = new Asked(path, tag, http.Response.StatusCode, shown?.ETag ?? "");
        if (answer.Status == 200)
        {
            http.Response.ContentType = shown!.Type;
            if (shown.Coding is not null) http.Response.Headers.ContentEncoding = shown.Coding;
            await http.Response.Body.WriteAsync(shown.Body, http.RequestAborted);
            await http.Response.CompleteAsync();
        }

        Keep(answer);
    }

    private void Keep(Asked answer)
    {
        lock (_gate)
        {
            _asked.Add(answer);
            if (answer.Status != 200) return;
            _next.TrySetResult(answer);
            _next = new TaskCompletionSource<Asked>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed record Shown(int Status, string Type, byte[] Body, bool Hangs, string? Coding = null)
    {
        public string ETag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Body).AsSpan(0, 8))}\"";
    }
}
