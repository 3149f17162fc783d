using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kwid.Configuration;

/// <summary>A configuration that was valid once, with what the guards compare.</summary>
internal sealed record KeptConfiguration(ConfigurationFiles Files, Before Before);

/// <summary>
/// The last valid configuration in the data folder: one file with the texts of all files, written by rename, so that it is there whole or not at all.
/// References such as <c>${env:NAME}</c> are kept as references; no secret gets onto the disk.
/// </summary>
internal sealed class LastGood(string dataFolder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Where it is kept.</summary>
    public string Path { get; } = System.IO.Path.Combine(dataFolder, "last-good.config.json");

    /// <summary>Why it could not be read though it is there; null when it could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Null when there never was one, or when it can't be read.</summary>
    public KeptConfiguration? Find()
    {
        if (!File.Exists(Path)) return null;
        try
        {
            var kept = JsonSerializer.Deserialize<KeptConfiguration>(File.ReadAllBytes(Path), Json);
            return kept is { Files: { Folder: not null, Main: not null, Recipients: not null }, Before.Feeds: not null } ? kept : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            Fault = e.Message; // as good as none: the start then depends on the file alone
            return null;
        }
    }

    /// <exception cref="IOException">The disk is full or the folder is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not ours.</exception>
    public void Keep(LoadOutcome.Loaded valid)
    {
        Directory.CreateDirectory(dataFolder);
        var before = new Before(valid.Configuration.Service.Authority, [.. valid.Configuration.Feeds]);
        var whole = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) whole.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // which town uses what is nobody's business
        var draft = Path + ".new";
        using (var file = new FileStream(draft, whole))
        {
            JsonSerializer.Serialize(file, new KeptConfiguration(valid.Files, before), Json);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, Path, overwrite: true);
    }
}
