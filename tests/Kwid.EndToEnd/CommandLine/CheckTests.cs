using System.Text.Json;

namespace Kwid.EndToEnd.CommandLine;

public sealed class CheckTests : IDisposable
{
    private readonly KwidFolder _folder = new(new Uri("http://127.0.0.1:9/"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_configuration_that_comes_with_the_program_has_no_mistakes()
    {
        var run = await KwidProcess.RunAsync(["check", "--config", Path.Combine(SharedFiles.RepositoryRoot, "feeds.config.json")], TimeSpan.FromSeconds(30), Cancel);

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Contains("427 recipients, no mistakes", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_come_at_once_each_with_its_place()
    {
        WriteWithMistakes();

        var run = await _folder.RunAsync(Cancel, "check");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(3, run.Output.Count);
        Assert.All(run.Output, line => Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(_folder.Config)}:[0-9]+:[0-9]+: [^ ]+: found .+; do .+", line));
        Assert.StartsWith($"{_folder.Config}:4:5: service.titel: found ", run.Output[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_same_mistakes()
    {
        WriteWithMistakes();

        var run = await _folder.RunAsync(Cancel, "check", "--json");

        Assert.Equal(2, run.ExitCode);
        using var json = JsonDocument.Parse(run.Text);
        var mistakes = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(3, mistakes.Count);
        Assert.All(mistakes, mistake => Assert.Equal(["file", "line", "column", "path", "found", "cure", "code"], mistake.EnumerateObject().Select(property => property.Name)));
        Assert.Equal((4, 5, "service.titel"), (mistakes[0].GetProperty("line").GetInt32(), mistakes[0].GetProperty("column").GetInt32(), mistakes[0].GetProperty("path").GetString()));
        Assert.All(mistakes, mistake => Assert.Matches("^KWD1[0-9]{3}$", mistake.GetProperty("code").GetString()!));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_2_and_named()
    {
        var run = await _folder.RunAsync(Cancel, "check");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(_folder.Config, Assert.Single(run.Output), StringComparison.Ordinal);
    }

    private void WriteWithMistakes() => _folder.Write(
        """
        {
          "service": {
            "publicUrl": "https://kwid.example", "authority": "kwid.example,2026",
            "titel": "Kwid",   // a slip of the pen
          },
          "sources": [ { "id": "wid", "url": "https://wid.cert-bund.de/rss" } ],
          "polling": { "must": { "interval": "00:00:10" } },
        }
        """);
}
