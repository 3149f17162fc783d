using System.Diagnostics;

namespace Kwid.EndToEnd.Demo;

/// <summary>One running demonstration for all tests that only look.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    private readonly string _temporary = Directory.CreateTempSubdirectory("kwid-e2e-demo-").FullName;
    private KwidProcess _kwid = null!;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}/");

    /// <summary>From the start of the process to entries in the feeds of Köln and Bonn.</summary>
    public TimeSpan UntilEntries { get; private set; }

    internal HttpClient Client { get; } = Raw.CreateClient();

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var began = Stopwatch.GetTimestamp();
        _kwid = KwidProcess.Start(["demo", "--urls", Address.AbsoluteUri.TrimEnd('/')], environment: new Dictionary<string, string> { ["TMPDIR"] = _temporary });
        foreach (var (feed, element) in new[] { ("05315000.atom", "<entry"), ("05314000.rss", "<item") })
        {
            await _kwid.WaitForHttpAsync(Client, Feed(feed), TimeSpan.FromSeconds(60), cancel);
            await Wait.UntilAsync(async () => (await AskAsync(feed)).Text.Contains(element, StringComparison.Ordinal), $"an entry in {feed}", TimeSpan.FromSeconds(60), cancel);
        }

        UntilEntries = Stopwatch.GetElapsedTime(began);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _kwid.DisposeAsync();
        Directory.Delete(_temporary, recursive: true);
    }

    internal Uri Feed(string file) => new(Address, $"feeds/{file}");

    internal Task<Raw> AskAsync(string file, HttpMethod? method = null, params IEnumerable<(string Name, string Value)> headers) =>
        Raw.AskAsync(Client, Feed(file), TestContext.Current.CancellationToken, method, headers);

    internal Task<Raw> GetPageAsync(string path) => Raw.AskAsync(Client, new Uri(Address, path), TestContext.Current.CancellationToken);
}
