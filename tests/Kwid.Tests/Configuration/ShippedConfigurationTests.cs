using Kwid.Configuration;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;
using Kwid.Core.Reading;
using Kwid.Tests.Reading;

namespace Kwid.Tests.Configuration;

public class ShippedConfigurationTests
{
    private static readonly string Shipped = Path.Combine(Repository.Root, "feeds.config.json");

    private static readonly string SchemaFile = Path.Combine(Repository.Root, "src/Kwid/feeds.config.schema.json");

    [Fact]
    public void It_has_neither_mistakes_nor_warnings()
    {
        var outcome = ConfigurationLoader.Load(Shipped);

        if (outcome is LoadOutcome.Refused refused) Assert.Fail(string.Join('\n', refused.Mistakes));
        Assert.Empty(Load().Warnings);
    }

    [Fact]
    public void Every_municipality_and_district_has_a_feed_without_a_line_of_its_own()
    {
        var recipients = Load().Recipients;

        Assert.Equal(427, recipients.Count);
        Assert.Equal(31, recipients.Count(recipient => recipient.Key.ToString().Length == 5));
        Assert.Equal(22, recipients.Count(recipient => recipient.District == "kreisfreie Stadt"));
        Assert.All(recipients.Where(recipient => recipient.Key.ToString().Length == 8), recipient => Assert.NotNull(recipient.District));
    }

    [Fact]
    public void At_least_40_sources_are_asked_and_each_names_its_terms()
    {
        var sources = Load().Sources;

        Assert.True(sources.Count(source => source.IsPolled) >= 40);
        Assert.All(sources, source => Assert.All([source.Name, source.Attribution, source.License, source.Language], Assert.NotEmpty));
        Assert.All(sources, source => Assert.NotEmpty(source.Topics));
        Assert.All(sources.Where(source => source.Kind is not SourceKind.Notices), source => Assert.Equal(("https", Tlp.Clear), (source.Url.Scheme, source.Tlp)));
        Assert.Equal(sources.Count, sources.Select(source => source.Url).Distinct().Count());
    }

    [Fact]
    public void It_has_80_sources_and_12_pages_each_with_a_fixture_that_its_selectors_read()
    {
        var sources = Load().Sources;
        var pages = sources.Where(source => source.Kind == SourceKind.Page).ToList();

        Assert.True(sources.Count >= 80, $"only {sources.Count} sources");
        Assert.True(pages.Count >= 12, $"only {pages.Count} pages");
        Assert.All(pages, page => Assert.Contains(
            Directory.EnumerateFiles(Path.Combine(Fixture.Folder, page.Id.ToString()), "*.html"),
            file => EntriesOf(page, file) >= 2));
    }

    [Fact]
    public void Wid_is_a_must_and_foreign_languages_stay_in_the_background()
    {
        var sources = Load().Sources;

        var wid = sources.Single(source => source.Id == new SourceId("bsi-wid"));
        var backstop = sources.Single(source => source.Id == new SourceId("bsi-wid-rss"));

        Assert.Equal((SourceKind.Csaf, SourceClass.Must, Delivery.Always, true), (wid.Kind, wid.Class, wid.Deliver, wid.IsPolled));
        Assert.Equal((SourceKind.Feed, SourceClass.Must, Delivery.Always, true), (backstop.Kind, backstop.Class, backstop.Deliver, backstop.IsPolled));
        Assert.All(sources.Where(source => source.Language != "de"), source => Assert.Equal(Delivery.Background, source.Deliver));
    }

    [Fact]
    public void A_disabled_source_says_why()
    {
        var lines = File.ReadAllLines(Shipped);

        var disabled = lines.Index().Where(line => line.Item.Contains("\"enabled\": false", StringComparison.Ordinal)).Select(line => line.Index).ToArray();

        Assert.NotEmpty(disabled);
        Assert.All(disabled, line => Assert.StartsWith("// Disabled: ", lines[line - 5].Trim(), StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_refused_outside_this_machine_until_its_placeholders_are_replaced()
    {
        var outcome = ConfigurationLoader.Load(Shipped, new Surroundings(Urls: "http://0.0.0.0:8080"));

        Assert.Equal([Codes.ExampleInPublic], Assert.IsType<LoadOutcome.Refused>(outcome).Mistakes.Select(mistake => mistake.Code));
    }

    /// <summary>With KWID_UPDATE_SCHEMA=1 the file is written instead.</summary>
    [Fact]
    public void The_schema_is_the_one_that_the_types_make()
    {
        var made = ConfigurationSchema.Write();
        if (Environment.GetEnvironmentVariable("KWID_UPDATE_SCHEMA") == "1") File.WriteAllText(SchemaFile, made);

        Assert.Equal(File.ReadAllText(SchemaFile), made);
    }

    private static int EntriesOf(Source page, string file)
    {
        try
        {
            var document = new FetchedDocument(page.Url, File.ReadAllBytes(file), "text/html");
            return SourceReader.Read(document, page.Page).Entries.Count(raw => Normaliser.Normalise(page, raw, page.Url, Make.Instant("2026-03-10T12:00Z")) is NormaliseOutcome.Accepted);
        }
        catch (FeedFormatException)
        {
            return 0; // the fixture of a page that has changed
        }
    }

    private static KwidConfiguration Load() => Assert.IsType<LoadOutcome.Loaded>(ConfigurationLoader.Load(Shipped)).Configuration;
}
