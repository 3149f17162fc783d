using System.Formats.Tar;
using System.IO.Compression;
using System.Xml.Linq;

namespace Kwid.EndToEnd.Care;

/// <summary>A data folder as a former version left it, unpacked, with the feeds that it wrote then.</summary>
internal sealed class FormerData : IDisposable
{
    /// <summary>An hour after that version's last verb.</summary>
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 13, 0, 0, TimeSpan.Zero);

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private FormerData(string archive)
    {
        using var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(packed, Root, overwriteFiles: false);
    }

    /// <summary>Where fixtures are, one folder for each schema.</summary>
    public static string Fixtures => Path.Combine(SharedFiles.RepositoryRoot, "tests", "fixtures", "data");

    public string Root { get; } = Directory.CreateTempSubdirectory("kwid-former-").FullName;

    public string Data => Path.Combine(Root, "data");

    public static FormerData Unpack(string schema) => new(Path.Combine(Fixtures, schema, "data.tar.gz"));

    /// <summary>Runs today's program on it, so many hours later.</summary>
    public Task<ProgramRun> RunAsync(int hours, CancellationToken cancel, params IEnumerable<string> verb) =>
        KwidProcess.RunAsync([.. verb, "--now", Then.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)], TimeSpan.FromSeconds(60), cancel, Root);

    /// <summary>What readers go by, newest entry first: ids and dates.</summary>
    public List<string> Read(string export, string file)
    {
        var feed = XDocument.Load(Path.Combine(Root, export, "feeds", file)).Root!;
        return file.EndsWith(".atom", StringComparison.Ordinal)
            ? [.. feed.Elements(Atom + "entry").Select(entry => $"{entry.Element(Atom + "id")!.Value} {entry.Element(Atom + "published")!.Value} {entry.Element(Atom + "updated")!.Value}")]
            : [.. feed.Descendants("item").Select(item => $"{item.Element("guid")!.Value} {item.Element("pubDate")!.Value}")];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
