using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Publishing;

public class AudienceClassesTests
{
    private static readonly Source Always = Make.Source("a");
    private static readonly Source Background = Make.Source("b", deliver: Delivery.Background);

    [Fact]
    public void One_teller_that_reaches_all_is_enough() =>
        Assert.Equal("deliver-always", AudienceClasses.ReasonFor(Make.Entry(severity: Severity.Low), [Background, Always], isTold: true));

    [Fact]
    public void When_in_doubt_it_is_delivered() => Assert.Equal("source-removed", AudienceClasses.ReasonFor(Make.Entry(severity: Severity.Low), [Background, null]));

    [Theory]
    [InlineData(Severity.High, null, null)]
    [InlineData(Severity.High, ExploitationLevel.Suspected, null)]
    [InlineData(Severity.Critical, null, "critical")]
    [InlineData(Severity.Low, ExploitationLevel.Exploited, "exploited")]
    public void Background_alone_enters_only_when_critical_or_exploited_and_never_when_told_already(Severity severity, ExploitationLevel? level, string? reason)
    {
        var entry = Make.Entry(severity: severity) with { Exploitation = level is { } known ? new Exploitation(known) : null };

        Assert.Equal(reason, AudienceClasses.ReasonFor(entry, [Background]));
        Assert.Null(AudienceClasses.ReasonFor(entry, [Background], isTold: true));
    }
}
