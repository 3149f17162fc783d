using System.Text.Json;
using Kwid.Core.Model;
using Kwid.Demo;

namespace Kwid.Tests.Demo;

public class DemoAdvisoriesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DemoAdvisories Advisories = new(seed: 1, Start);

    [Fact]
    public void Sixty_advisories_of_the_last_thirty_days_are_there_at_the_start()
    {
        var told = Advisories.At(Start);

        Assert.Equal(60, told.Count);
        Assert.All(told, advisory => Assert.InRange(advisory.Published, Start.AddDays(-30), Start));
        Assert.Equal(24, told.Sum(advisory => advisory.Revision - 1));
    }

    [Fact]
    public void A_new_one_appears_every_four_seconds_and_a_change_every_six()
    {
        var told = Advisories.At(Start.AddMinutes(1));

        Assert.Equal(60 + 15, told.Count);
        Assert.Equal(24 + 10, told.Sum(advisory => advisory.Revision - 1));
    }

    [Fact]
    public void The_same_seed_tells_the_same_story_and_another_seed_another()
    {
        var instant = Start.AddMinutes(5);

        var again = new DemoAdvisories(seed: 1, Start).At(instant);
        var other = new DemoAdvisories(seed: 2, Start).At(instant);

        Assert.Equal(Text(Advisories.At(instant)), Text(again));
        Assert.NotEqual(Text(again), Text(other));
    }

    [Fact]
    public void What_was_told_stays_told_and_only_gets_worse_or_repaired()
    {
        var before = Advisories.At(Start);

        var after = Advisories.At(Start.AddMinutes(10));

        Assert.All(before.Zip(after), pair =>
        {
            var (old, now) = pair;
            Assert.Equal((old.WidId, old.Published, old.Product), (now.WidId, now.Published, now.Product));
            Assert.True(now.Severity >= old.Severity && now.Updated >= old.Updated && now.Revision >= old.Revision);
            Assert.True(old.NoPatch || !now.NoPatch, "an update does not vanish");
            Assert.Subset(now.Cves.ToHashSet(), old.Cves.ToHashSet());
        });
    }

    [Fact]
    public void Within_a_few_minutes_every_kind_of_change_is_seen()
    {
        var seen = new HashSet<string>();

        for (var second = 0; second < 600; second += 6)
            seen.UnionWith(Advisories.At(Start.AddSeconds(second)).Zip(Advisories.At(Start.AddSeconds(second + 6)), KindOfChange).OfType<string>());

        Assert.Equal(["CVE added", "exploited", "fixed", "silent", "worse"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_severities_occur()
    {
        var severities = Advisories.At(Start.AddMinutes(10)).Select(advisory => advisory.Severity).Distinct().Order();

        Assert.Equal([Severity.Low, Severity.Medium, Severity.High, Severity.Critical], severities);
    }

    [Fact]
    public void Nothing_passes_for_real()
    {
        var told = Advisories.At(Start.AddMinutes(10));

        Assert.All(told, advisory =>
        {
            Assert.StartsWith("WID-SEC-2099-", advisory.WidId, StringComparison.Ordinal);
            Assert.Contains("erfunden", advisory.Summary, StringComparison.Ordinal);
            Assert.All(advisory.Cves, cve => Assert.True(CveId.IsValid(cve) && cve.StartsWith("CVE-2099-", StringComparison.Ordinal)));
        });
    }

    private static string? KindOfChange(DemoAdvisory old, DemoAdvisory now) => now switch
    {
        _ when now.Revision == old.Revision => null,
        _ when now.Severity > old.Severity => "worse",
        _ when now.Exploited && !old.Exploited => "exploited",
        _ when now.Cves.Count > old.Cves.Count => "CVE added",
        _ when old.NoPatch && !now.NoPatch => "fixed",
        _ => "silent",
    };

    private static string Text(IReadOnlyList<DemoAdvisory> told) => JsonSerializer.Serialize(told);
}
