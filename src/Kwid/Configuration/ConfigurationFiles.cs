using System.Security.Cryptography;
using System.Text;
using Kwid.Configuration.Json;

namespace Kwid.Configuration;

/// <summary>One file as read.</summary>
/// <param name="Name">As mistakes name it.</param>
/// <param name="Text">Decoded, without a byte order mark.</param>
internal sealed record ConfigurationFile(string Name, string Text);

/// <summary>Everything that a configuration consists of, read at one moment, before anyone asks what it means.</summary>
/// <param name="Folder">Absolute; relative paths in the files are relative to it, also when they are kept elsewhere.</param>
/// <param name="Main">feeds.config.json.</param>
/// <param name="Recipients">The files that <c>recipientFiles</c> names, by name.</param>
internal sealed record ConfigurationFiles(string Folder, ConfigurationFile Main, IReadOnlyList<ConfigurationFile> Recipients)
{
    /// <summary>SHA-256 over names and texts, hexadecimal.</summary>
    public string Version
    {
        get
        {
            var all = string.Join('\0', Recipients.Prepend(Main).SelectMany(file => new[] { file.Name, file.Text }));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
        }
    }

    /// <summary>Null, with a mistake, when the main file can't be read; a recipient file that can't be read is a mistake, too.</summary>
    public static ConfigurationFiles? Read(string path, Findings findings)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.DirectorySeparatorChar.ToString();
        if (ReadOne(path, path, findings) is not { } main) return null;
        var files = FindRecipientFiles(folder, PatternIn(main))
            .Select(file => ReadOne(file, Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetRelativePath(folder, file)), findings));
        return new ConfigurationFiles(folder, main, [.. files.OfType<ConfigurationFile>()]);
    }

    /// <summary>
    /// Changes when a file of the configuration was written, came or went: names, lengths and times, no contents. Cheap enough for every second.
    /// A link counts as what it leads to, since container platforms swap links.
    /// </summary>
    /// <param name="path">The main file.</param>
    /// <param name="read">What was read last, for its <c>recipientFiles</c>; null for none.</param>
    public static string Stamp(string path, ConfigurationFiles? read)
    {
        var names = read is null ? [] : FindRecipientFiles(read.Folder, PatternIn(read.Main));
        return string.Join('\n', names.Prepend(path).Select(StampOne));
    }

    private static string StampOne(string name)
    {
        try
        {
            var file = new FileInfo(name);
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return file.Exists ? $"{name} {file.Length} {file.LastWriteTimeUtc.Ticks}" : name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return name; // as if it were gone; reading it will tell why
        }
    }

    private static string? PatternIn(ConfigurationFile main) =>
        ForgivingReader.Read(main.Name, main.Text, new Findings()).Find("recipientFiles") is { Kind: NodeKind.Text } pattern ? pattern.Text : null;

    private static IReadOnlyList<string> FindRecipientFiles(string folder, string? pattern)
    {
        if (pattern is null || Path.GetFileName(pattern) is not { Length: > 0 } name) return [];
        var place = Path.GetFullPath(Path.Combine(folder, Path.GetDirectoryName(pattern) ?? ""));
        try
        {
            return Directory.Exists(place) ? [.. Directory.EnumerateFiles(place, name).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // the loader reports that the pattern names no file
        }
    }

    private static ConfigurationFile? ReadOne(string path, string name, Findings findings)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            return new ConfigurationFile(name, text.TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException e)
        {
            findings.Mistake(new Place(name, LineOf(path, e.Index), 1), "$", Codes.NotUtf8, "bytes that are no UTF-8", "save the file as UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var found = e is FileNotFoundException or DirectoryNotFoundException ? "no file" : $"a file that can't be read ({e.Message})";
            findings.Mistake(new Place(name, 1, 1), "$", Codes.FileNotReadable, found, "create it, make it readable for Kwid, or name another with --config");
        }
        return null;
    }

    private static int LineOf(string path, int index) => 1 + File.ReadAllBytes(path).AsSpan(0, Math.Max(0, index)).Count((byte)'\n');
}
