using Kwid.Configuration;
using Kwid.Core.Model;

namespace Kwid.Tests.Configuration;

public sealed class ChangeRuleTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_operators_wordings_come_before_the_built_in_ones()
    {
        var rules = Write("""{ "id": "edge", "pattern": "^Edge Update", "news": "fixAvailable" }, { "id": "cve-wording", "pattern": "^CVE erg" }""").GetLoaded().Wordings;

        Assert.Equal(News.FixAvailable, rules.Find("Edge Update aufgenommen")?.News);
        Assert.Null(rules.Find("CVE ergänzt")!.News);
        Assert.Equal(News.ProofOfConcept, rules.Find("PoC aufgenommen")?.News);
    }

    [Theory]
    [InlineData("""{ "id": "Edge", "pattern": "x" }""", "changes[0].id", Codes.ChangeRule)]
    [InlineData("""{ "id": "a", "pattern": "x" }, { "id": "a", "pattern": "y" }""", "changes[1].id", Codes.ChangeRule)]
    [InlineData("""{ "id": "a", "pattern": "(" }""", "changes[0].pattern", Codes.ChangeRule)]
    [InlineData("""{ "id": "a", "pattern": "x", "news": "loud" }""", "changes[0].news", Codes.NotAWord)]
    [InlineData("""{ "id": "a" }""", "changes[0].pattern", Codes.MissingKey)]
    public void A_rule_that_cannot_work_is_a_mistake(string rule, string path, string code)
    {
        var mistake = Assert.Single(Write(rule).GetMistakes());

        Assert.Equal((path, code), (mistake.Path, mistake.Code));
    }

    private ConfigurationFolder Write(string rules) => _folder.Write(ConfigurationFolder.Text(more: $"\"changes\": [{rules}]"));
}
