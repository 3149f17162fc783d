using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Access;

/// <summary>The capabilities beside the shelf, so that protected feeds are served before the store is open and while it is broken. The store is the truth; this is a copy of it.</summary>
/// <param name="path">Of the file.</param>
public sealed class CapabilityFile(string path)
{
    /// <summary>That of a data folder.</summary>
    public static CapabilityFile In(string data) => new(Path.Combine(data, "shelf", Name));

    /// <summary>Its name in the folder of the shelf.</summary>
    public const string Name = "capabilities.json";

    /// <summary>Why it could not be written; null when it was.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether there is one.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>What it holds; nothing when it is missing or damaged: the store knows them all.</summary>
    public IReadOnlyList<Capability> Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<List<Capability>>(File.ReadAllBytes(path), ModelJson.Options) ?? [] : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    /// <summary>Writes it anew, whole.</summary>
    public void Write(IReadOnlyList<Capability> all)
    {
        try
        {
            var unfinished = path + ".new";
            File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(all, ModelJson.Options));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(unfinished, path, overwrite: true);
            Fault = null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Not only an IOException: of a file that may not grow .NET says that an argument is out of range.
            Fault = fault.Message;
        }
    }
}
