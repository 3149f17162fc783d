using Kwid.Cli;
using Kwid.Cli.Control;

namespace Kwid.Tests.Cli;

/// <summary>Feeds as verbs tell them to people: providers' with their names.</summary>
public sealed class ToldFeedsTests
{
    private static readonly DateTimeOffset Now = Make.Instant("2026-11-23T08:00Z");

    [Fact]
    public void Withdraw_names_a_provider_behind_its_feed()
    {
        var answer = new WithdrawAnswer("WID-SEC-2026-0001", "Titel", ["05315000", "anbieter/kdn"], null, null, null) { Providers = new Dictionary<string, string> { ["anbieter/kdn"] = "KDN" } };

        Assert.Equal("2 feeds show it: 05315000, anbieter/kdn (KDN)", WithdrawVerb.Lines(answer, dryRun: true).Last());
    }

    [Fact]
    public void Explain_names_the_provider_whose_class_it_is()
    {
        var row = new ExplainedPublication(1, Now, "anbieter/kdn/CLEAR", 1, "new entry", "WID-SEC-2026-0001/r1", "deliver-always", null);
        var answer = new ExplainAnswer("WID-SEC-2026-0001", "Titel", [], [], [], [], [], [], [row with { Provider = "KDN" }, row with { Class = "standard/CLEAR", Feeds = 6 }]);

        var lines = ExplainText.Lines(answer).ToList();

        Assert.Contains(lines, line => line.Contains("anbieter/kdn/CLEAR (KDN, 1 feeds)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("standard/CLEAR (6 feeds)", StringComparison.Ordinal));
    }

    [Fact]
    public void Token_names_a_provider_and_a_recipient_by_its_key_alone()
    {
        var town = new ToldToken("0a", "05315000", "Köln", "IT", Now, null, InForce: true);

        var lines = TokenText.Lines(new TokenAnswer([town, town with { Key = "anbieter/kdn", Name = "KDN" }], [], null), TokenAction.List, json: false, csv: false);

        Assert.Equal(["0a  05315000  IT  issued", "0a  anbieter/kdn (KDN)  IT  issued"], lines.Select(line => line[..(line.IndexOf("issued", StringComparison.Ordinal) + 6)]));
    }
}
