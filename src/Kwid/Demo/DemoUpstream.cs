using System.Net;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Kwid.Demo;

/// <summary>
/// Upstreams for <c>kwid demo</c>: a web server in this process, on a free port of the loopback address, that serves invented advisories at
/// <c>/wid/rss</c>, <c>/landes-cert/rss</c> and <c>/hersteller/atom</c>. New ones appear every few seconds. Answers conditional requests.
/// </summary>
internal sealed class DemoUpstream : IAsyncDisposable
{
    private const int Seed = 2099;
    private readonly WebApplication _web;
    private readonly DemoAdvisories _advisories;
    private readonly TimeProvider _clock;

    private DemoUpstream(TimeProvider clock)
    {
        _clock = clock;
        _advisories = new DemoAdvisories(Seed, clock.GetUtcNow());
        _web = Build();
        Map("/wid/rss", "application/rss+xml; charset=utf-8", (told, _) => DemoDocuments.WriteWid(told));
        Map("/landes-cert/rss", "application/rss+xml; charset=utf-8", (told, _) => DemoDocuments.WriteStateCert(told));
        Map("/hersteller/atom", "application/atom+xml; charset=utf-8", DemoDocuments.WriteVendor);
    }

    /// <summary>Where it listens, with a slash at the end.</summary>
    public Uri Address => new(_web.Urls.Single());

    /// <summary>Starts the server; it answers when the task is done.</summary>
    /// <param name="clock">Decides which advisories exist; the history ends at its time of now.</param>
    /// <param name="cancel">Gives up starting.</param>
    public static async Task<DemoUpstream> StartAsync(TimeProvider clock, CancellationToken cancel)
    {
        var upstream = new DemoUpstream(clock);
        try
        {
            await upstream._web.StartAsync(cancel);
            return upstream;
        }
        catch
        {
            await upstream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Text of a feeds.config.json that polls these upstreams every two or three seconds for all municipalities of the state.</summary>
    /// <param name="listen">Where Kwid is to listen, such as <c>http://localhost:8080</c>; also its public address.</param>
    public string ConfigurationJson(string listen) => DemoConfiguration.Write(Address, listen);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port: 0);
        });
        return builder.Build();
    }

    /// <summary>Last-Modified is exact to the second since advisories only change at whole seconds; the framework compares it and the ETag.</summary>
    private void Map(string path, string contentType, Func<IReadOnlyList<DemoAdvisory>, DateTimeOffset, byte[]> write) => _web.MapMethods(path, ["GET", "HEAD"], () =>
    {
        var told = _advisories.At(_clock.GetUtcNow());
        var changed = told.Max(advisory => advisory.Updated);
        var body = write(told, changed);
        return TypedResults.Bytes(body, contentType, lastModified: changed, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 10))}\""));
    });
}
