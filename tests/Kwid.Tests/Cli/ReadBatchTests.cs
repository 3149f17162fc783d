using System.Text;
using System.Text.Json;
using Kwid.Cli;
using Kwid.Service;

namespace Kwid.Tests.Cli;

public sealed class ReadBatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kwid-batch-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_line_has_its_answer_in_the_same_order_whatever_it_asks_for()
    {
        var lines = new List<string>();
        for (var n = 0; n < 40; n++) lines.Add(JsonSerializer.Serialize(new { file = Write($"{n}.xml", $"<rss><channel><title>Feed {n}</title>{string.Concat(Enumerable.Repeat("<item><title>x</title></item>", (40 - n) * 20))}</channel></rss>") }));
        lines.Insert(3, "no JSON");
        lines.Insert(7, JsonSerializer.Serialize(new { file = Path.Combine(_folder, "missing.xml") }));
        lines.Insert(9, JsonSerializer.Serialize(new { file = _folder }));
        lines.Insert(11, "{}");
        lines.Insert(13, JsonSerializer.Serialize(new { file = Write("page.xml", "<html><title>x</title></html>") }));

        var answers = await RunAsync(lines);

        Assert.Equal(lines.Count, answers.Count);
        Assert.Equal([3, 7, 9, 11, 13], Enumerable.Range(0, answers.Count).Where(index => answers[index].TryGetProperty("error", out _)));
        Assert.Equal(Enumerable.Range(0, 40).Select(n => $"Feed {n}"), answers.Where(answer => answer.TryGetProperty("feed", out _)).Select(answer => answer.GetProperty("feed").GetProperty("title").GetString()));
    }

    [Fact]
    public async Task What_was_served_with_a_file_counts()
    {
        var file = Write("feed.xml", Encoding.Latin1.GetBytes("<?xml version=\"1.0\"?><rss><channel><title>Größe</title><link>../</link></channel></rss>"));

        var answer = Assert.Single(await RunAsync([JsonSerializer.Serialize(new { file, contentType = "text/xml; charset=iso-8859-1", url = "https://a.example/x/feed", headers = new Dictionary<string, string> { ["content-location"] = "/y/z/feed.rss" } })]));

        Assert.Equal(("Größe", "https://a.example/y/"), (answer.GetProperty("feed").GetProperty("title").GetString(), answer.GetProperty("feed").GetProperty("home").GetString()));
    }

    private static async Task<IReadOnlyList<JsonElement>> RunAsync(IEnumerable<string> lines)
    {
        var output = new MemoryStream();

        Assert.Equal(0, await ReadBatch.RunAsync(new StringReader(string.Join('\n', lines)), output, new ProgramClock(null), Cancel));

        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
    }

    private string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] body)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, body);
        return path;
    }
}
