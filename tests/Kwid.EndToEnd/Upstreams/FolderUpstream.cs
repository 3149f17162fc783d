using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kwid.EndToEnd.Upstreams;

/// <summary>Serves the files of a folder on the loopback address, answers conditional requests, and remembers what was asked.</summary>
internal sealed class FolderUpstream : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly string _root;
    private readonly ConcurrentQueue<(string Path, int Status)> _asked = [];

    private FolderUpstream(string root)
    {
        _root = root;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        _web = builder.Build();
        _web.Run(AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_web.Urls.Single());

    /// <summary>What was asked since the last call, in order.</summary>
    public IReadOnlyList<(string Path, int Status)> TakeAsked()
    {
        var taken = new List<(string Path, int Status)>();
        while (_asked.TryDequeue(out var one)) taken.Add(one);
        return taken;
    }

    public static async Task<FolderUpstream> StartAsync(string root, CancellationToken cancel)
    {
        var upstream = new FolderUpstream(root);
        await upstream._web.StartAsync(cancel);
        return upstream;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        var file = Path.GetFullPath(_root + path);
        var body = file.StartsWith(_root, StringComparison.Ordinal) && File.Exists(file) ? await File.ReadAllBytesAsync(file, http.RequestAborted) : null;
        var tag = body is null ? null : $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"";
        http.Response.StatusCode = body is null ? 404 : http.Request.Headers.IfNoneMatch == tag ? 304 : 200;
        if (tag is not null) http.Response.Headers.ETag = tag;
        _asked.Enqueue((path, http.Response.StatusCode));
        if (http.Response.StatusCode != 200) return;
        http.Response.ContentLength = body!.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
