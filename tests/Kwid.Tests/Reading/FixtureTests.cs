namespace Kwid.Tests.Reading;

public class FixtureTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases() => Fixture.All().Select(fixture => new TheoryDataRow<string>(fixture.ToString()));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_document_is_read_and_normalised_as_its_expected_file_says(string name)
    {
        var fixture = new Fixture(Path.Combine(Fixture.Folder, name));

        var actual = fixture.Run();

        if (Environment.GetEnvironmentVariable("KWID_UPDATE_FIXTURES") == "1") File.WriteAllText(fixture.ExpectedPath, actual);
        Assert.True(File.Exists(fixture.ExpectedPath), $"{fixture} has no expected file; KWID_UPDATE_FIXTURES=1 writes it, then review it.");
        Assert.Equal(File.ReadAllText(fixture.ExpectedPath), actual);
    }

    [Fact]
    public void Every_fixture_has_its_expected_file_and_the_other_way_round()
    {
        var inputs = Fixture.All().Select(fixture => fixture.ExpectedPath).ToList();
        var expected = Directory.EnumerateFiles(Fixture.Folder, "*.expected.json", SearchOption.AllDirectories).ToList();

        Assert.True(inputs.Count >= 14, $"only {inputs.Count} fixtures were found");
        Assert.Equal(inputs.Distinct(StringComparer.Ordinal).Count(), inputs.Count);
        Assert.Equal(inputs.Order(StringComparer.Ordinal), expected.Order(StringComparer.Ordinal));
    }
}
