using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Serving;

/// <summary>One service that polls when it is told to, with a source that works, one that a test may break, and one that is disabled.</summary>
public sealed class ServingFixture : IAsyncLifetime
{
    internal HttpClient Client { get; } = Raw.CreateClient();

    internal ScriptedUpstream Upstream { get; private set; } = null!;

    internal KwidFolder Folder { get; private set; } = null!;

    internal KwidProcess Kwid { get; private set; } = null!;

    private DateTimeOffset _date;
    private int _number;

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        _date = TimeProvider.System.GetUtcNow().AddHours(-5);
        Upstream = await ScriptedUpstream.StartAsync(cancel);
        Upstream.Show("/good", New());
        Upstream.Show("/fragile", New());
        Folder = new KwidFolder(Upstream.Address)
            .With("good", new Uri(Upstream.Address, "/good"))
            .With("fragile", new Uri(Upstream.Address, "/fragile"))
            .With("off", new Uri(Upstream.Address, "/off"), enabled: false)
            .Write();
        Kwid = await Folder.ServeAsync(Client, cancel);
        await Kwid.WaitForLineAsync("First sweep done", TimeSpan.FromSeconds(30), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Kwid.DisposeAsync();
        Folder.Dispose();
        await Upstream.DisposeAsync();
        Client.Dispose();
    }

    /// <summary>An advisory that was never shown before.</summary>
    internal UpstreamItem New() => new(++_number, _date = _date.AddMinutes(1));

    internal Task<Raw> AskAsync(string path) => Raw.AskAsync(Client, new Uri(Folder.Address, path), TestContext.Current.CancellationToken);
}
