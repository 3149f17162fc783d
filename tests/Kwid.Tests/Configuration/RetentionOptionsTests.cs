using Kwid.Configuration;
using Kwid.Service;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Configuration;

/// <summary>Section retention, and when it ran last.</summary>
public sealed class RetentionOptionsTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Texts_are_kept_for_two_years_publications_and_audit_for_five_unless_it_says_otherwise()
    {
        var plain = _folder.Write(ConfigurationFolder.Text()).GetLoaded().Retention;
        var own = Write("""{ "texts": "365.00:00:00", "audit": "400.00:00:00" }""").GetLoaded().Retention;

        Assert.Equal((730, 1826, 1826), (plain.Texts.Days, plain.Publications.Days, plain.Audit.Days));
        Assert.Equal((365, 1826, 400), (own.Texts.Days, own.Publications.Days, own.Audit.Days));
    }

    [Theory]
    [InlineData("""{ "texts": "30.00:00:00" }""", "retention.texts", Codes.OutOfRange)]
    [InlineData("""{ "audit": "00:00:00" }""", "retention.audit", Codes.OutOfRange)]
    [InlineData("""{ "publications": "700.00:00:00" }""", "retention.publications", Codes.RetentionOrder)]
    public void A_period_that_takes_what_is_needed_is_a_mistake(string section, string path, string code)
    {
        var mistake = Assert.Single(Write(section).GetMistakes());

        Assert.Equal((path, code), (mistake.Path, mistake.Code));
    }

    [Fact]
    public void It_is_due_once_a_day_also_after_a_restart_and_after_a_clock_that_ran_ahead()
    {
        var folder = Directory.CreateTempSubdirectory("kwid-test-").FullName;
        var clock = new FakeTimeProvider(Make.Instant("2026-11-24T08:00Z"));
        Assert.True(new LastRetention(folder, clock).IsDue);
        new LastRetention(folder, clock).Note();

        clock.Advance(TimeSpan.FromHours(23));
        Assert.False(new LastRetention(folder, clock).IsDue);
        Assert.True(new LastRetention(folder, new FakeTimeProvider(Make.Instant("2026-11-23T08:00Z"))).IsDue);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(new LastRetention(folder, clock).IsDue);
        Directory.Delete(folder, recursive: true);
    }

    private ConfigurationFolder Write(string section) => _folder.Write(ConfigurationFolder.Text(more: $"\"retention\": {section}"));
}
