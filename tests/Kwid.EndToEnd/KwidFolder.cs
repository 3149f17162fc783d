using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kwid.EndToEnd;

/// <summary>A configuration, a data folder and a port for one installation; all gone at the end.</summary>
internal sealed class KwidFolder : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="upstream">May be asked although it is on the loopback address.</param>
    /// <param name="interval">Between two polls of each source; the default polls when a test says so.</param>
    public KwidFolder(Uri upstream, string interval = "01:00:00")
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Find()}/");
        Settings = new JsonObject
        {
            ["service"] = new JsonObject
            {
                ["title"] = "KWID Prüfstand",
                ["publicUrl"] = "https://pruefstand.kwid.example",
                ["authority"] = "pruefstand.kwid.example,2026",
                ["listen"] = Address.AbsoluteUri.TrimEnd('/'),
            },
            ["polling"] = new JsonObject
            {
                ["must"] = new JsonObject { ["interval"] = interval },
                ["normal"] = new JsonObject { ["interval"] = interval },
                ["perHostPause"] = "00:00:00",
            },
            ["network"] = new JsonObject { ["allow"] = new JsonArray(upstream.Authority) },
            ["sources"] = new JsonArray(),
            ["recipients"] = new JsonArray(new JsonObject { ["select"] = "05315" }, new JsonObject { ["select"] = "05314" }),
        };
    }

    /// <summary>The folder.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("kwid-e2e-").FullName;

    /// <summary>feeds.config.json, once it is written.</summary>
    public string Config => Path.Combine(Root, "feeds.config.json");

    /// <summary>The data folder.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>Where <c>serve</c> listens.</summary>
    public Uri Address { get; }

    /// <summary>A program with its arguments that runs kwid, such as one that takes rights away; empty: none.</summary>
    public IReadOnlyList<string> Around { get; set; } = [];

    /// <summary>What <see cref="Write"/> writes.</summary>
    public JsonObject Settings { get; }

    /// <summary>Adds a source, CLEAR and delivered to all.</summary>
    public KwidFolder With(string id, Uri url, bool enabled = true)
    {
        Settings["sources"]!.AsArray().Add(new JsonObject
        {
            ["id"] = id,
            ["name"] = $"Quelle {id}",
            ["kind"] = "feed",
            ["url"] = url.AbsoluteUri,
            ["class"] = "must",
            ["deliver"] = "always",
            ["tlp"] = "CLEAR",
            ["attribution"] = "Prüfstand",
            ["license"] = "CC0-1.0",
            ["enabled"] = enabled,
        });
        return this;
    }

    /// <summary>Keeps its store in this database instead of its data folder.</summary>
    public KwidFolder OnPostgres(string connection)
    {
        File.WriteAllText(Path.Combine(Root, "connection"), connection);
        Settings["storage"] = new JsonObject { ["kind"] = "postgres", ["connection"] = "${file:connection}" };
        return this;
    }

    /// <summary>Writes the configuration, as an editor would that replaces the file.</summary>
    public KwidFolder Write() => Write(Settings.ToJsonString(Readable));

    /// <summary>Writes this text instead.</summary>
    public KwidFolder Write(string text)
    {
        File.WriteAllText(Config + ".new", text);
        File.Move(Config + ".new", Config, overwrite: true);
        return this;
    }

    /// <summary>Starts a verb on this installation.</summary>
    public KwidProcess Start(params IEnumerable<string> verb) => KwidProcess.Start([.. verb, "--config", Config, "--data", Data], Root, around: Around);

    /// <summary>Runs a verb on this installation to its end.</summary>
    public async Task<ProgramRun> RunAsync(CancellationToken cancel, params IEnumerable<string> verb)
    {
        await using var kwid = Start(verb);
        return await kwid.WaitForExitAsync(Limit, cancel);
    }

    /// <summary>Starts <c>serve</c> and waits until it has published.</summary>
    public async Task<KwidProcess> ServeAsync(HttpClient client, CancellationToken cancel)
    {
        var kwid = Start("serve");
        try
        {
            await kwid.WaitForHttpAsync(client, new Uri(Address, "readyz"), Limit, cancel);
            return kwid;
        }
        catch
        {
            await kwid.DisposeAsync();
            throw;
        }
    }

    /// <summary>Address of a feed.</summary>
    public Uri Feed(string file) => new(Address, $"feeds/{file}");

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
