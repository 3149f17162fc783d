using Kwid.Cli.Control;

namespace Kwid.Tests.Cli;

/// <summary>What is public no more does not stay in an exported mirror, and nothing else goes.</summary>
public sealed class ExportFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kwid-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_that_only_an_export_can_have_written_go_with_their_empty_folders()
    {
        foreach (var name in new[] { "feeds/05315000.atom", "feeds/05315000.rss", "feeds/05315000.atom.new", "feeds/05315000/archive/1.atom", "providers/kdn.atom" }) Write(name);

        var removed = new ExportFolder(_folder).Sweep();

        Assert.Equal(5, removed);
        Assert.Empty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(Path.Combine(_folder, "feeds/05315000")));
    }

    [Fact]
    public void Files_of_others_stay()
    {
        string[] names = ["05315000.atom", "feeds/index.html", "feeds/05315000.atom.gz", "feeds/05315000/archive/01.atom", "feeds/UPPER.atom", "other/05315000.atom"];
        foreach (var name in names) Write(name);

        var removed = new ExportFolder(_folder).Sweep();

        Assert.Equal(0, removed);
        Assert.Equal(names.Length, Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Length);
    }

    private void Write(string name)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
    }
}
