using System.Collections;
using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.ServiceModel.Syndication;
using System.Text.RegularExpressions;
using System.Xml;

namespace Kwid.EndToEnd.Demo;

[Collection(DemoGroup.Name)]
public class EveryFeedTests(DemoFixture demo)
{
    [Theory]
    [InlineData("atom")]
    [InlineData("rss")]
    public async Task Every_address_answers_and_dotnets_reader_reads_every_property_of_every_feed(string format)
    {
        string[] keys = [.. ReadKeys(), "alle"];
        var wrong = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, async (key, _) =>
        {
            var reply = await demo.AskAsync($"{key}.{format}");
            if (reply.Status != HttpStatusCode.OK) wrong.Add($"{key}: {reply.Status}");
            else if (FindFault(reply.Body) is { } fault) wrong.Add($"{key}: {fault}");
        });

        Assert.Equal(428, keys.Length);
        Assert.Empty(wrong);
    }

    /// <summary>The official table, read from the sources rather than asked of the program.</summary>
    private static IEnumerable<string> ReadKeys() => File.ReadLines(Path.Combine(SharedFiles.RepositoryRoot, "src", "Kwid", "Configuration", "Keys", "nrw.tsv"))
        .Select(line => Regex.Match(line, "^[0-9]+(?=\t)", RegexOptions.None, TimeSpan.FromSeconds(1)).Value)
        .Where(key => key.Length > 0);

    private static string? FindFault(byte[] body)
    {
        using var xml = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        try
        {
            var feed = SyndicationFeed.Load(xml);
            var items = feed.Items.ToList();
            feed.Items = items;
            Get(feed, depth: 0);
            return items.Count > 0 ? null : "no entries";
        }
        catch (Exception fault) when (fault is XmlException or TargetInvocationException or FormatException)
        {
            return (fault.InnerException ?? fault).Message;
        }
    }

    /// <summary>Dates and addresses are parsed when a property is read, so that a bad one shows there only.</summary>
    private static void Get(object? value, int depth)
    {
        if (value is null || depth > 4 || value.GetType().Namespace != typeof(SyndicationFeed).Namespace) return;
        foreach (var property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            var got = property.GetValue(value);
            if (got is IEnumerable many and not string)
                foreach (var each in many) Get(each, depth + 1);
            else Get(got, depth + 1);
        }
    }
}
