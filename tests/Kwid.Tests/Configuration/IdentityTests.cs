using Kwid.Configuration;

namespace Kwid.Tests.Configuration;

/// <summary>Section identity.</summary>
public sealed class IdentityTests : IDisposable
{
    private const string Acme = """ "name": "Acme", "pattern": "\\bACME-(?<number>[0-9]+)\\b" """;
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_publishers_ids_are_known_from_then_on()
    {
        var configuration = Load($$"""{ {{Acme}}, "template": "ACME-${number}", "hosts": ["acme.example"], "namespaces": ["acme.example"], "parameter": "id", "inTitle": true }""").GetLoaded();

        Assert.Equal("ACME-17", configuration.Publishers.OfName("acme-17")?.ToString());
        Assert.Equal("ACME-17", configuration.Publishers.Find(null, null, null, "ACME-17: Muster")?.ToString());
        Assert.Equal("WID-SEC-2026-0001", configuration.Publishers.OfName("wid-sec-w-2026-0001")?.ToString());
    }

    [Theory]
    [InlineData(""" "name": "A", "pattern": "ACME-(", "template": "ACME-${n}" """, Codes.PublisherPattern, "identity.publishers[0].pattern")]
    [InlineData(""" "name": "A", "pattern": "(?<n>[0-9]*)", "template": "ACME-${n}" """, Codes.PublisherPattern, "identity.publishers[0].pattern")]
    [InlineData(Acme + """, "template": "ACME-${year}" """, Codes.PublisherTemplate, "identity.publishers[0].template")]
    [InlineData(Acme + """, "template": "ACME" """, Codes.PublisherTemplate, "identity.publishers[0].template")]
    [InlineData(Acme + """, "template": "ACME:${number}" """, Codes.PublisherTemplate, "identity.publishers[0].template")]
    [InlineData(Acme + """, "template": "ACME-${number}", "hosts": ["https://acme.example/"] """, Codes.PublisherHost, "identity.publishers[0].hosts[0]")]
    [InlineData(Acme + """, "template": "ACME-${number}" }, { "name": "acme", "pattern": "X-(?<n>[0-9]+)", "template": "X-${n}" """, Codes.PublisherName, "identity.publishers[1].name")]
    public void A_mistake_is_told_with_its_place(string publisher, string code, string path)
    {
        var mistake = Assert.Single(Load($"{{ {publisher} }}").GetMistakes());

        Assert.Equal((code, path), (mistake.Code, mistake.Path));
    }

    private ConfigurationFolder Load(string publishers) => _folder.Write(ConfigurationFolder.Text(more: $$"""  "identity": { "publishers": [ {{publishers}} ] }  """));
}
