using Kwid.Service;
using Kwid.Tests.Configuration;

namespace Kwid.Tests.Service;

public class InstallationTests
{
    [Fact]
    public async Task A_shelf_that_cant_be_read_at_first_is_read_by_whoever_asks_once_it_can()
    {
        using var folder = new ConfigurationFolder();
        folder.Write(ConfigurationFolder.Text("""{ "title": "KWID Probe", "publicUrl": "https://kwid.example", "authority": "kwid.example,2026" }""", ConfigurationFolder.Source));
        var keeper = folder.GetStarted();
        var shelf = Directory.CreateDirectory(Path.Combine(folder.Data, "shelf")).FullName;
        var held = new FileStream(Path.Combine(shelf, "editions.jsonl"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await using var installation = new Installation(keeper, folder.Data, new ProgramClock(Make.Instant("2026-11-23T08:00Z")));
        Assert.ThrowsAny<IOException>(() => installation.Shelf);

        await held.DisposeAsync();

        Assert.Null(installation.Shelf.Last);
        Assert.Same(installation.Shelf, installation.Shelf);
    }
}
