using Kwid.Configuration;
using Kwid.Core.Model;

namespace Kwid.Tests.Configuration;

public sealed class RecipientTests : IDisposable
{
    private const string Profiles = """ "profiles": { "rathaus": {}, "kreis": {} }""";
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_prefix_selects_from_the_built_in_table_sorted_by_key()
    {
        var recipients = Load("""{ "select": "05334" }, { "key": "stadtwerke-musterstadt", "name": "Stadtwerke Musterstadt" }, { "select": "05315" }""");

        Assert.Equal(("05315000", "Köln", "kreisfreie Stadt"), Told(recipients[0]));
        Assert.Equal(("05334", "Städteregion Aachen", null), Told(recipients[1]));
        Assert.Equal(("05334002", "Aachen", "Städteregion Aachen"), Told(recipients[2]));
        Assert.Equal(("stadtwerke-musterstadt", "Stadtwerke Musterstadt", null), Told(recipients[^1]));
        Assert.Equal(recipients.Select(recipient => recipient.Key.ToString()).Order(StringComparer.Ordinal), recipients.Select(recipient => recipient.Key.ToString()));
    }

    [Fact]
    public void The_longest_prefix_wins_key_by_key_wherever_it_stands()
    {
        var recipients = Load("""{ "key": "05334002", "name": "Stadt Aachen" }, { "select": "0533", "profile": "kreis" }, { "select": "05334004", "profile": null }, { "select": "05", "profile": "rathaus" }""");

        Assert.Equal("rathaus", Find(recipients, "05315000").Subscription.Profile);
        Assert.Equal("kreis", Find(recipients, "05334").Subscription.Profile);
        Assert.Equal(("Stadt Aachen", "kreis"), (Find(recipients, "05334002").Name, Find(recipients, "05334002").Subscription.Profile));
        Assert.Null(Find(recipients, "05334004").Subscription.Profile);
        Assert.Equal(427, recipients.Count);
    }

    [Fact]
    public void A_chain_of_successors_leads_to_its_last_one_also_from_keys_that_the_table_lacks()
    {
        var recipients = Load("""
            { "select": "05315" }, { "key": "05999001", "name": "Altstadt", "successor": "05999002" },
            { "key": "05999002", "name": "Mittelstadt", "successor": "05315000" }
            """);

        Assert.Equal("05315000", Find(recipients, "05999001").Successor.ToString());
        Assert.Equal("05315000", Find(recipients, "05999002").Successor.ToString());
        Assert.Null(Find(recipients, "05315000").Successor);
    }

    [Theory]
    [InlineData("""{ "key": "a-stadt", "name": "A", "successor": "b-stadt" }""", "\"b-stadt\"", "write the key of a recipient, or add this one to recipients")]
    [InlineData("""{ "key": "a-stadt", "name": "A", "successor": "a-stadt" }""", "\"a-stadt\"", "nobody succeeds itself")]
    [InlineData("""{ "select": "05314", "successor": "05315000" }""", "\"05315000\"", "belongs to one \"key\"")]
    [InlineData("""{ "key": "a-stadt", "name": "A", "successor": "b-stadt" }, { "key": "b-stadt", "name": "B", "successor": "a-stadt" }""", "\"b-stadt\"", "they lead in a circle")]
    public void A_successor_that_leads_nowhere_is_told(string entries, string found, string cure)
    {
        var mistakes = _folder.Write(ConfigurationFolder.Text(recipients: $$"""{ "select": "05315" }, {{entries}}""")).GetMistakes();

        Assert.All(mistakes, mistake => Assert.Equal(Codes.Successor, mistake.Code));
        Assert.Contains(mistakes, mistake => mistake.Found == found && mistake.Cure.Contains(cure, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_merger_leaves_without_effect_is_told_as_a_warning()
    {
        var recipients = """{ "select": "05315" }, { "key": "a-stadt", "name": "A", "profile": "rathaus", "successor": "05315000" }""";
        var providers = """, "providers": [{ "id": "kdn", "recipients": ["a-stadt"] }]""";

        var warnings = _folder.Write(ConfigurationFolder.Text(recipients: recipients, more: Profiles + providers)).GetLoaded().Warnings;

        Assert.Equal(["\"rathaus\"", "\"a-stadt\", which was merged into 05315000"], warnings.Where(warning => warning.Code == Codes.Successor).Select(warning => warning.Found).OrderDescending());
    }

    [Fact]
    public void A_key_that_the_table_lacks_needs_a_name()
    {
        var mistake = Assert.Single(_folder.Write(ConfigurationFolder.Text(recipients: """{ "key": "05999999" }""")).GetMistakes());

        Assert.Equal((Codes.NameMissing, "recipients[0].key"), (mistake.Code, mistake.Path));
        Assert.Equal(("05999999", "Neustadt", null), Told(Assert.Single(Load("""{ "key": "05999999", "name": "Neustadt" }"""))));
    }

    [Theory]
    [InlineData("""{ "select": "06" }""", Codes.SelectsNothing)]
    [InlineData("""{ "select": "05x" }""", Codes.Select)]
    [InlineData("""{ "select": "05", "name": "NRW" }""", Codes.Select)]
    [InlineData("""{ "select": "05", "key": "05315000" }""", Codes.SelectOrKey)]
    [InlineData("""{ "profile": "rathaus" }""", Codes.SelectOrKey)]
    [InlineData("""{ "key": "0531500", "name": "x" }""", Codes.RecipientKeyInvalid)]
    [InlineData("""{ "key": "Stadt_Köln", "name": "x" }""", Codes.RecipientKeyInvalid)]
    [InlineData("""{ "key": "alle", "name": "x" }""", Codes.ReservedWord)]
    [InlineData("""{ "key": "rathaus", "name": "x" }""", Codes.ReservedWord)]
    [InlineData("""{ "key": "05315000", "profile": "rathus" }""", Codes.ProfileUnknown)]
    [InlineData("""{ "key": "05315000" }, { "key": "05315000" }""", Codes.RecipientTwice)]
    [InlineData("""{ "select": "05" }, { "select": "05" }""", Codes.RecipientTwice)]
    [InlineData("\"05\"", Codes.WrongType)]
    public void Recipients_are_checked(string recipients, string code) =>
        Assert.Equal(code, Assert.Single(_folder.Write(ConfigurationFolder.Text(recipients: recipients, more: Profiles)).GetMistakes()).Code);

    [Fact]
    public void Recipient_files_join_in_and_their_mistakes_bear_their_name()
    {
        _folder.Write("""[ { "key": "05314000" }, ]""", "recipients/bonn.json").Write("""[ { "key": "05315000" } ]""", "recipients/koeln.json");
        _folder.Write(ConfigurationFolder.Text(recipients: """{ "key": "05111000" }""", more: """ "recipientFiles": "recipients/*.json" """));

        Assert.Equal(["Düsseldorf", "Bonn", "Köln"], _folder.GetLoaded().Recipients.Select(recipient => recipient.Name));

        _folder.Write("[\n { \"key\": \"05111000\" },\n { \"kee\": 1 } ]", "recipients/koeln.json");
        var mistakes = _folder.GetMistakes();
        var name = Path.Combine(_folder.Root, "recipients/koeln.json");
        Assert.Equal([(name, 2, "[0].key"), (name, 3, "[1].kee"), (name, 3, "[1]")], mistakes.OrderBy(mistake => mistake.Line).ThenByDescending(mistake => mistake.Column).Select(mistake => (mistake.File, mistake.Line, mistake.Path.TrimStart('$'))));
    }

    [Fact]
    public void Providers_name_their_recipients()
    {
        _folder.Write(ConfigurationFolder.Text(more: """ "providers": [ { "id": "kdn", "name": "KDN", "recipients": ["05315000"] } ]"""));

        var provider = Assert.Single(_folder.GetLoaded().Providers);

        Assert.Equal(("KDN", new RecipientKey("05315000")), (provider.Name, provider.Recipients.Single()));
    }

    [Fact]
    public void A_provider_is_not_blamed_for_a_wrong_selection()
    {
        _folder.Write(ConfigurationFolder.Text(recipients: """{ "select": "06" }""", more: """ "providers": [ { "id": "kdn", "recipients": ["05315000"] } ]"""));

        Assert.Equal(["recipients[0].select"], _folder.GetMistakes().Select(mistake => mistake.Path));
    }

    private IReadOnlyList<Recipient> Load(string recipients) => _folder.Write(ConfigurationFolder.Text(recipients: recipients, more: Profiles)).GetLoaded().Recipients;

    private static Recipient Find(IReadOnlyList<Recipient> recipients, string key) => recipients.Single(recipient => recipient.Key.ToString() == key);

    private static (string Key, string Name, string? District) Told(Recipient recipient) => (recipient.Key.ToString(), recipient.Name, recipient.District);
}
