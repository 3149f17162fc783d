using System.Text.Json;
using Kwid.Configuration;
using Kwid.Configuration.Options;
using Kwid.Core.Model;

namespace Kwid.Tests.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Eleven_mistakes_of_many_kinds_are_eleven_lines_each_with_its_place()
    {
        _folder.Write("""
            {
              "service": { "publicUrl": "kwid.stadt.de", "authority": "kwid.stadt.de,2026", "timezone": "Europe/Berlin" },
              "polling": { "must": { "interval": "00:01:00" },
                           "normal": { "interval": "10 min" } }
              "sources": [
                { "id": "BSI WID", "url": "https://upstream.example/feed", "tlp": "CLEAR" },
                { "id": "b", "url": "ftp://upstream.example/feed", "tlp": "PURPLE", "class": "must" },
                { "id": "c", "url": "https://upstream.example/c",
                  "enabled": "yes" },
              ],
              "recipients": [ { "select": "06" } ],
            }
            """);

        var mistakes = _folder.GetMistakes();

        Assert.Equal(
            [
                $"{_folder.File}:2:29: service.publicUrl",
                $"{_folder.File}:2:81: service.timezone",
                $"{_folder.File}:3:38: polling.must.interval",
                $"{_folder.File}:4:40: polling.normal.interval",
                $"{_folder.File}:5:3: $",
                $"{_folder.File}:6:13: sources[0].id",
                $"{_folder.File}:7:25: sources[1].url",
                $"{_folder.File}:7:63: sources[1].tlp",
                $"{_folder.File}:8:5: sources[2].tlp",
                $"{_folder.File}:9:18: sources[2].enabled",
                $"{_folder.File}:11:31: recipients[0].select",
            ],
            mistakes.Select(mistake => mistake.ToString().Split(": found ")[0]));
        Assert.All(mistakes, mistake => Assert.Matches("^[^\n]+:[0-9]+:[0-9]+: [^\n]+: found [^\n]+; do [^\n]+$", mistake.ToString()));
    }

    [Fact]
    public void As_json_a_mistake_has_exactly_the_agreed_names()
    {
        _folder.Write(ConfigurationFolder.Text(sources: """{ "id": "a", "url": "https://upstream.example/ä", "tlp": "PURPLE" }"""));

        using var json = JsonDocument.Parse(ConfigurationMistake.ToJson(_folder.GetMistakes()));

        Assert.Equal(["file", "line", "column", "path", "found", "cure", "code"], json.RootElement[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("KWD1105", json.RootElement[0].GetProperty("code").GetString());
    }

    [Fact]
    public void A_short_configuration_is_filled_with_the_documented_defaults()
    {
        var configuration = _folder.Write(ConfigurationFolder.Text()).GetLoaded();

        var source = Assert.Single(configuration.Sources);
        Assert.Equal(("http://localhost:8080", false, new StoragePlace(StorageKind.LiteDb, null)), (configuration.Listen, configuration.Closed, configuration.Storage));
        Assert.Equal((10, 60, 7), (configuration.Polling.MustInterval.TotalMinutes, configuration.Polling.NormalInterval.TotalMinutes, configuration.Polling.AnnounceBacklog.TotalDays));
        Assert.Equal(("bsi-wid", SourceKind.Feed, SourceClass.Normal, Delivery.Always, "nicht angegeben"), (source.Name, source.Kind, source.Class, source.Deliver, source.License));
        Assert.Matches(@"^Kwid/[0-9]+\.[0-9]+\.[0-9]+ \(\+https://kwid\.example\)$", configuration.Network.UserAgent);
        Assert.Empty(configuration.Warnings);
    }

    [Theory]
    [InlineData("""{ "publicUrl": "https://kwid.example" }""", Codes.MissingKey)]
    [InlineData("""{ "publicUrl": "https://u:secret@kwid.example", "authority": "kwid.example,2026" }""", Codes.SecretInClear)]
    [InlineData("""{ "publicUrl": "https://kwid.example/?a", "authority": "kwid.example,2026" }""", Codes.PublicUrl)]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example" }""", Codes.Authority)]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026-13" }""", Codes.Authority)]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026", "listen": "localhost" }""", Codes.Listen)]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.stadt.de,2026", "listen": "http://0.0.0.0:80" }""", Codes.ExampleInPublic)]
    [InlineData("""{ "publicUrl": "https://kwid.stadt.de", "authority": "kwid.example,2026", "listen": "http://*:80" }""", Codes.ExampleInPublic)]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026", "timeZone": "Europe/Köln" }""", Codes.TimeZone)]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026", "access": "maybe" }""", Codes.NotAWord)]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026", "contact": "call us" }""", Codes.Contact)]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026", "title": "" }""", Codes.OutOfRange)]
    [InlineData("""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026", "titel": "X" }""", Codes.UnknownKey)]
    public void Section_service_is_checked(string service, string code) =>
        Assert.Equal(code, Assert.Single(_folder.Write(ConfigurationFolder.Text(service)).GetMistakes()).Code);

    [Theory]
    [InlineData("\"storage\": { \"kind\": \"postgres\" }", Codes.StorageConnection)]
    [InlineData("\"storage\": { \"kind\": \"postgres\", \"connection\": \"Hots=db;Database=kwid\" }", Codes.StorageConnection)]
    [InlineData("\"storage\": { \"kind\": \"postgres\", \"connection\": \"postgres://kwid@db/kwid\" }", Codes.StorageConnection)]
    [InlineData("\"storage\": { \"kind\": \"postgres\", \"connection\": \"${env:KWID_MISSING}\" }", Codes.EnvironmentMissing)]
    [InlineData("\"storage\": { \"connection\": \"Host=db;Password=geheim\" }", Codes.SecretInClear)]
    [InlineData("\"polling\": { \"perHostPause\": \"00:00:00\" }", Codes.IntervalTooShort)]
    [InlineData("\"polling\": { \"perHostPause\": \"01:00:00\" }", Codes.OutOfRange)]
    [InlineData("\"polling\": { \"must\": { \"interval\": \"00:04:59\" } }", Codes.IntervalTooShort)]
    [InlineData("\"polling\": { \"must\": { \"interval\": \"1.00:00:01\" } }", Codes.OutOfRange)]
    [InlineData("\"polling\": { \"normal\": { \"interval\": \"00:00:59\" } }", Codes.IntervalTooShort)]
    [InlineData("\"polling\": { \"normal\": { \"interval\": 60 } }", Codes.WrongType)]
    [InlineData("\"polling\": { \"normal\": { \"interval\": \"24:00:00\" } }", Codes.NotATimeSpan)]
    [InlineData("\"polling\": { \"announceBacklog\": \"1000.00:00:00\" }", Codes.OutOfRange)]
    [InlineData("\"polling\": { \"outageNotice\": \"00:00:30\" }", Codes.OutOfRange)]
    [InlineData("\"polling\": { \"maxBodyBytes\": 10 }", Codes.OutOfRange)]
    [InlineData("\"polling\": { \"maxBodyBytes\": 1e9 }", Codes.WrongType)]
    [InlineData("\"network\": { \"allow\": [\"10.0.0.0/33\"] }", Codes.NetworkAllow)]
    [InlineData("\"network\": { \"allow\": [\"a b\"] }", Codes.NetworkAllow)]
    [InlineData("\"network\": { \"allow\": [\"10.0.0.300\"] }", Codes.NetworkAllow)]
    [InlineData("\"network\": { \"allow\": \"10.0.0.1\" }", Codes.WrongType)]
    [InlineData("\"network\": { \"proxy\": \"proxy:3128\" }", Codes.Proxy)]
    [InlineData("\"network\": { \"proxy\": \"http://u:p@proxy:3128\" }", Codes.SecretInClear)]
    [InlineData("\"network\": { \"caFile\": \"no.pem\" }", Codes.CaFile)]
    [InlineData("\"network\": null", Codes.WrongType)]
    [InlineData("\"profiles\": { \"dringend\": {} }", Codes.ProfileName)]
    [InlineData("\"profiles\": { \"Rathaus 1\": {} }", Codes.ProfileName)]
    [InlineData("\"providers\": [ { \"id\": \"KDN\", \"recipients\": [] } ]", Codes.ProviderId)]
    [InlineData("\"providers\": [ { \"id\": \"kdn\", \"recipients\": [\"05314000\"] } ]", Codes.ProviderRecipient)]
    [InlineData("\"providers\": [ { \"id\": \"kdn\", \"recipients\": [], \"profile\": \"nobody\" } ]", Codes.ProfileUnknown)]
    [InlineData("\"providers\": [ { \"id\": \"kdn\", \"recipients\": [] }, { \"id\": \"kdn\", \"recipients\": [] } ]", Codes.ProviderId)]
    [InlineData("\"polling\": { \"normal\": { \"interval\": \"${env:MISSING}\" } }", Codes.EnvironmentMissing)]
    [InlineData("\"network\": { \"proxy\": \"${file:missing.txt}\" }", Codes.SecretFileMissing)]
    [InlineData("\"network\": { \"proxy\": \"${vault:x}\" }", Codes.EnvironmentMissing)]
    public void Every_other_section_is_checked(string more, string code) =>
        Assert.Equal(code, Assert.Single(_folder.Write(ConfigurationFolder.Text(more: more)).GetMistakes()).Code);

    [Theory]
    [InlineData("""{ "url": "https://upstream.example", "tlp": "CLEAR" }""", Codes.MissingKey, "sources[0].id")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example" }""", Codes.MissingKey, "sources[0].tlp")]
    [InlineData("""{ "id": "-a", "url": "https://upstream.example", "tlp": "CLEAR" }""", Codes.SourceIdInvalid, "sources[0].id")]
    [InlineData("""{ "id": "a", "url": "https://", "tlp": "CLEAR" }""", Codes.SourceUrl, "sources[0].url")]
    [InlineData("""{ "id": "a", "url": "https://me@upstream.example", "tlp": "CLEAR" }""", Codes.SourceUrl, "sources[0].url")]
    [InlineData("""{ "id": "a", "url": "file://server/share", "tlp": "CLEAR" }""", Codes.SourceUrl, "sources[0].url")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "kind": "rss" }""", Codes.NotAWord, "sources[0].kind")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "language": "deutsch" }""", Codes.Language, "sources[0].language")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "interval": "00:00:30" }""", Codes.IntervalTooShort, "sources[0].interval")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "class": "must", "interval": "00:04:00" }""", Codes.IntervalTooShort, "sources[0].interval")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "userAgent": "a\nb" }""", Codes.OutOfRange, "sources[0].userAgent")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "formerIds": ["A"] }""", Codes.FormerId, "sources[0].formerIds[0]")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "formerIds": ["a"] }""", Codes.FormerId, "sources[0].formerIds[0]")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "history": "90.00:00:00" }""", Codes.SourceCsaf, "sources[0].history")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "documentsPerPoll": 200 }""", Codes.SourceCsaf, "sources[0].documentsPerPoll")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "kind": "csaf", "history": "9999.00:00:01" }""", Codes.OutOfRange, "sources[0].history")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "kind": "csaf", "documentsPerPoll": 0 }""", Codes.OutOfRange, "sources[0].documentsPerPoll")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "kind": "csaf", "documentsPerPoll": 10001 }""", Codes.OutOfRange, "sources[0].documentsPerPoll")]
    [InlineData("""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR" }, { "id": "a", "url": "https://upstream.example/2", "tlp": "CLEAR" }""", Codes.SourceIdTaken, "sources[1].id")]
    public void Sources_are_checked(string sources, string code, string path)
    {
        var mistake = Assert.Single(_folder.Write(ConfigurationFolder.Text(sources: sources)).GetMistakes());

        Assert.Equal((code, path), (mistake.Code, mistake.Path));
    }

    [Theory]
    [InlineData("", Codes.SourcePage, "sources[0].page")]
    [InlineData(", \"page\": {}", Codes.MissingKey, "sources[0].page.item")]
    [InlineData(", \"page\": null", Codes.SourcePage, "sources[0].page")]
    [InlineData(", \"page\": \"tr\"", Codes.WrongType, "sources[0].page")]
    [InlineData(", \"page\": { \"item\": \"tr[\" }", Codes.Selector, "sources[0].page.item")]
    [InlineData(", \"page\": { \"item\": \"tr:has(> td, > th)\" }", Codes.Selector, "sources[0].page.item")]
    [InlineData(", \"page\": { \"item\": \"tr\", \"title\": \"td:first\" }", Codes.Selector, "sources[0].page.title")]
    [InlineData(", \"page\": { \"item\": \"tr\", \"link\": \"a[@href\" }", Codes.Selector, "sources[0].page.link")]
    [InlineData(", \"page\": { \"item\": \"tr\", \"detail\": \"@id\" }", Codes.Selector, "sources[0].page.detail")]
    [InlineData(", \"page\": { \"item\": \"tr\", \"linkPattern\": \"(\" }", Codes.LinkPattern, "sources[0].page.linkPattern")]
    [InlineData(", \"page\": { \"item\": \"tr\", \"date\": \"td\", \"dateFormat\": \"MM\" }", Codes.DateFormat, "sources[0].page.dateFormat")]
    [InlineData(", \"page\": { \"item\": \"tr\", \"dateFormat\": \"M/d/yyyy\" }", Codes.DateFormat, "sources[0].page.dateFormat")]
    [InlineData(", \"page\": { \"item\": \"tr\", \"detailsPerPoll\": 0 }", Codes.OutOfRange, "sources[0].page.detailsPerPoll")]
    [InlineData(", \"page\": { \"items\": \"tr\", \"item\": \"tr\" }", Codes.UnknownKey, "sources[0].page.items")]
    public void Pages_are_checked(string page, string code, string path)
    {
        var source = $$"""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "kind": "page"{{page}} }""";

        var mistake = Assert.Single(_folder.Write(ConfigurationFolder.Text(sources: source)).GetMistakes());

        Assert.Equal((code, path), (mistake.Code, mistake.Path));
        Assert.True(mistake.Line > 0 && mistake.Column > 1);
    }

    [Theory]
    [InlineData("item", "tr@id", "remove \"@id\": no @attribute is allowed here")]
    [InlineData("detail", "main@id", "remove \"@id\": no @attribute is allowed here")]
    [InlineData("detail", "main[", "write a CSS selector such as")]
    public void An_attribute_where_none_is_allowed_is_told_as_such(string key, string selector, string cure)
    {
        var page = key == "item" ? $"\"item\": \"{selector}\"" : $"\"item\": \"tr\", \"{key}\": \"{selector}\"";
        var source = $$$"""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "kind": "page", "page": { {{{page}}} } }""";

        var mistake = Assert.Single(_folder.Write(ConfigurationFolder.Text(sources: source)).GetMistakes());

        Assert.Equal($"sources[0].page.{key}", mistake.Path);
        Assert.StartsWith(cure, mistake.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link", "href")]
    [InlineData("title", "title")]
    [InlineData("id", "id")]
    [InlineData("date", "datetime")]
    public void An_attribute_without_its_sign_is_warned_of(string key, string selector)
    {
        var source = $$"""{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "kind": "page", "page": { "item": "tr", "{{key}}": "{{selector}}" } }""";

        var warning = Assert.Single(_folder.Write(ConfigurationFolder.Text(sources: source)).GetLoaded().Warnings);

        Assert.Equal((Codes.Selector, $"sources[0].page.{key}"), (warning.Code, warning.Path));
        Assert.Contains($"\"@{selector}\"", warning.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Selectors_for_a_feed_are_a_mistake_and_own_pages_of_a_saved_page_have_no_effect()
    {
        var sources = """{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "page": { "item": "tr" } }""";
        Assert.Equal((Codes.SourcePage, "sources[0].page"), _folder.Write(ConfigurationFolder.Text(sources: sources)).GetMistakes().Select(mistake => (mistake.Code, mistake.Path)).Single());

        var configuration = _folder.Write(ConfigurationFolder.Text(sources: """{ "id": "a", "url": "file:saved.html", "kind": "page", "tlp": "CLEAR", "page": { "item": "tr", "detail": "main" } }""")).GetLoaded();

        Assert.Equal("sources[0].page.detail", Assert.Single(configuration.Warnings).Path);
        Assert.Equal(("tr", "main", 10), (configuration.Sources[0].Page!.Item, configuration.Sources[0].Page!.Detail, configuration.Sources[0].Page!.DetailsPerPoll));
        Assert.True(configuration.Sources[0].IsPolled);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000/feed")]
    [InlineData("http://127.8.9.10/feed")]
    [InlineData("http://[::1]:9000/feed")]
    [InlineData("http://localhost/feed")]
    [InlineData("file:inbox/")]
    public void Sources_on_this_machine_may_be_asked_every_second(string url)
    {
        var source = $$"""{ "id": "a", "url": "{{url}}", "tlp": "CLEAR", "class": "must" }""";
        var polling = """ "polling": { "must": { "interval": "00:00:01" }, "normal": { "interval": "00:00:01" }, "perHostPause": "00:00:00" }""";

        var configuration = _folder.Write(ConfigurationFolder.Text(sources: source, more: polling)).GetLoaded();

        Assert.Equal(TimeSpan.FromSeconds(1), configuration.Polling.MustInterval);
    }

    [Fact]
    public void One_source_of_others_is_enough_for_the_floor_to_hold()
    {
        var sources = """{ "id": "a", "url": "http://localhost/feed", "tlp": "CLEAR" }, """ + ConfigurationFolder.Source;

        var mistakes = _folder.Write(ConfigurationFolder.Text(sources: sources, more: """ "polling": { "normal": { "interval": "00:00:01" } }""")).GetMistakes();

        Assert.Equal(["polling.normal.interval"], mistakes.Select(mistake => mistake.Path));
    }

    [Fact]
    public void A_relative_file_address_is_relative_to_the_configuration()
    {
        var configuration = _folder.Write(ConfigurationFolder.Text(sources: """{ "id": "a", "url": "file:in#box/", "tlp": "GREEN" }""")).GetLoaded();

        Assert.True(configuration.Sources[0].Url.IsFile);
        Assert.Equal(Path.Combine(_folder.Root, "in#box") + "/", configuration.Sources[0].Url.LocalPath);
    }

    [Fact]
    public void References_to_environment_and_files_are_resolved_and_never_shown()
    {
        _folder.Write("s3cret\n", "token.txt").Set("HOST", "upstream.example");
        _folder.Write(ConfigurationFolder.Text(sources: """{ "id": "a", "url": "https://${env:HOST}/?t=${file:token.txt}", "tlp": "CLEAR" }"""));

        var configuration = _folder.GetLoaded();

        Assert.Equal("https://upstream.example/?t=s3cret", configuration.Sources[0].Url.AbsoluteUri);
        Assert.True(configuration.Sources.Single(source => source.Id == new SourceId("a")).IsAddressConfidential);

        _folder.Set("HOST", "not a host");
        Assert.Equal("\"https://${env:HOST}/?t=${file:token.txt}\"", Assert.Single(_folder.GetMistakes()).Found);
    }

    [Fact]
    public void A_password_in_clear_is_masked_in_the_mistake()
    {
        var mistake = Assert.Single(_folder.Write(ConfigurationFolder.Text(more: """ "network": { "proxy": "http://me:geheim@proxy:3128" }""")).GetMistakes());

        Assert.DoesNotContain("geheim", mistake.ToString(), StringComparison.Ordinal);
        Assert.Contains("${env:NAME}", mistake.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_are_not_built_yet_are_warnings()
    {
        var configuration = _folder.Write(ConfigurationFolder.Text(
            recipients: """{ "key": "05315000", "vendors": ["Contoso"], "leastSeverity": "low" }""",
            more: """ "profiles": { "rathaus": { "products": ["Libfoo"] } }, "recipientFiles": "none/*.json" """)).GetLoaded();

        Assert.Equal(
            ["recipients[0].vendors", "recipients[0].leastSeverity", "profiles.rathaus.products", "recipientFiles"],
            configuration.Warnings.Select(warning => warning.Path));
    }

    [Fact]
    public void Notices_are_one_folder()
    {
        var mistakes = _folder.Write(ConfigurationFolder.Text(
            sources: """
                { "id": "a", "url": "file:notices/", "tlp": "RED", "kind": "notices" },
                { "id": "b", "url": "https://upstream.example/b", "tlp": "RED", "kind": "notices", "enabled": false },
                { "id": "c", "url": "file:others/", "tlp": "RED", "kind": "notices" }
                """)).GetMistakes();

        Assert.Equal([("sources[1].url", Codes.SourceNotices), ("sources[2].kind", Codes.SourceNotices)], mistakes.Select(mistake => (mistake.Path, mistake.Code)));
    }

    [Fact]
    public void A_csaf_provider_is_polled_by_its_plan_but_not_from_a_folder()
    {
        var configuration = _folder.Write(ConfigurationFolder.Text(
            sources: """
                { "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "kind": "csaf" },
                { "id": "b", "url": "https://upstream.example/b", "tlp": "CLEAR", "kind": "csaf", "history": "10.00:00:00", "documentsPerPoll": 10000 },
                { "id": "c", "url": "file:csaf/", "tlp": "CLEAR", "kind": "csaf" }
                """)).GetLoaded();

        Assert.Equal([true, true, false], configuration.Sources.Select(source => source.IsPolled));
        Assert.Equal([CsafPlan.Default, new CsafPlan(TimeSpan.FromDays(10), 10_000)], configuration.Sources.Take(2).Select(source => source.Csaf));
        Assert.Equal("sources[2].url", Assert.Single(configuration.Warnings).Path);
    }

    [Fact]
    public void An_unknown_key_brings_the_key_that_was_meant()
    {
        var mistakes = _folder.Write(ConfigurationFolder.Text(sources: """{ "id": "a", "url": "https://upstream.example", "tlp": "CLEAR", "licence": "x", "Enabeld": true, "zzzzzz": 1 }""")).GetMistakes();

        Assert.Equal("write \"license\"", mistakes[0].Cure);
        Assert.Equal("write \"enabled\"", mistakes[1].Cure);
        Assert.StartsWith("remove it; the keys here are id, name, kind", mistakes[2].Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_listened_on_by_flag_is_guarded_as_well()
    {
        _folder.Write(ConfigurationFolder.Text());

        var mistake = Assert.Single(_folder.GetMistakes(urls: "http://0.0.0.0:8080"));

        Assert.Equal((Codes.ExampleInPublic, "service.listen"), (mistake.Code, mistake.Path));
        Assert.Equal("http://[::1]:0;http://localhost:1", _folder.GetLoaded("http://[::1]:0;http://localhost:1").Listen);
    }

    [Fact]
    public void Own_names_may_be_served_to_anyone()
    {
        var service = """{ "publicUrl": "https://kwid.stadt.de/", "authority": "kwid.stadt.de,2026-03-01", "listen": "http://*:8080", "access": "closed" }""";

        var configuration = _folder.Write(ConfigurationFolder.Text(service)).GetLoaded();

        Assert.Equal(("https://kwid.stadt.de", true), (configuration.Service.PublicUrl, configuration.Closed));
    }

    [Fact]
    public void No_file_and_no_utf8_are_mistakes_too()
    {
        Assert.Equal(Codes.FileNotReadable, Assert.Single(_folder.GetMistakes()).Code);

        File.WriteAllBytes(_folder.File, [(byte)'{', (byte)'\n', 0xE4, (byte)'}']);
        var mistake = Assert.Single(_folder.GetMistakes());
        Assert.Equal((Codes.NotUtf8, 2), (mistake.Code, mistake.Line));
    }

    [Fact]
    public void Allowed_targets_and_a_certificate_file_arrive_as_written()
    {
        _folder.Write(Certificate.Pem(), "ca.pem");

        var network = _folder.Write(ConfigurationFolder.Text(more: """
            "network": { "allow": ["localhost", "intern.stadt.de:8443", "127.0.0.1", "127.0.0.1:9000", "[::1]:80", "fd00::/8", "10.0.0.0/8"], "proxy": "http://proxy:3128", "caFile": "ca.pem" }
            """)).GetLoaded().Network;

        Assert.Equal(7, network.Allow.Count);
        Assert.Equal(("http://proxy:3128/", Path.Combine(_folder.Root, "ca.pem")), (network.Proxy!.AbsoluteUri, network.CaFile));
    }
}
