using System.Text.Json;

namespace Kwid.EndToEnd.Care;

/// <summary>Data of every former schema is taken over, and no reader notices.</summary>
public class UpgradeTests
{
    private static readonly string[] Files = ["05315000.atom", "05315000.rss", "alle.atom", "alle.rss"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Schemas
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (var folder in Directory.EnumerateDirectories(FormerData.Fixtures).Select(Path.GetFileName).Order(StringComparer.Ordinal))
            {
                all.Add(folder!, false);
                all.Add(folder!, true);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task A_former_store_is_well_and_shows_the_same_entries_under_the_same_ids(string schema, bool withoutShelf)
    {
        using var former = FormerData.Unpack(schema);
        if (withoutShelf) Directory.Delete(Path.Combine(former.Data, "shelf"), recursive: true);

        var verify = await former.RunAsync(0, Cancel, "verify");
        var export = await former.RunAsync(0, Cancel, "export", "now");

        Assert.True(verify.ExitCode == 0, verify.Text + string.Join('\n', verify.Errors));
        Assert.Equal(0, export.ExitCode);
        foreach (var file in Files)
        {
            Assert.NotEmpty(former.Read("export", file));
            Assert.Equal(former.Read("export", file), former.Read("now", file));
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Sources_that_say_the_same_as_before_the_update_say_nothing_new(string schema, bool withoutShelf)
    {
        using var former = FormerData.Unpack(schema);
        if (withoutShelf) Directory.Delete(Path.Combine(former.Data, "shelf"), recursive: true);

        var poll = await former.RunAsync(0, Cancel, "poll", "--all", "--json");
        await former.RunAsync(1, Cancel, "export", "now");

        using var json = JsonDocument.Parse(poll.Text);
        Assert.All(json.RootElement.GetProperty("sources").EnumerateArray(), source => Assert.Equal((0, 0), (source.GetProperty("new").GetInt32(), source.GetProperty("revised").GetInt32())));
        Assert.All(Files, file => Assert.Equal(former.Read("export", file), former.Read("now", file)));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task A_former_store_is_backed_up_and_restored_like_one_of_today(string schema, bool withoutShelf)
    {
        using var former = FormerData.Unpack(schema);
        if (withoutShelf) Directory.Delete(Path.Combine(former.Data, "shelf"), recursive: true);

        var backup = await former.RunAsync(0, Cancel, "backup", "b.gz");
        var restore = await former.RunAsync(0, Cancel, "restore", "b.gz", "--data", "other");
        await former.RunAsync(1, Cancel, "export", "now", "--data", "other");

        Assert.Equal((0, 0), (backup.ExitCode, restore.ExitCode));
        Assert.All(Files, file => Assert.Equal(former.Read("export", file), former.Read("now", file)));
    }
}
