using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Tests.Matching;

public class DocumentVersionTests
{
    [Theory]
    [InlineData("1", "2", true)]
    [InlineData("9", "10", true)]
    [InlineData("1.0.0", "1.0.1", true)]
    [InlineData("1.9.0", "1.10.0", true)]
    [InlineData("1.0.0-rc.1", "1.1.0", true)]
    [InlineData("2", "2", false)]
    [InlineData("3", "2", false)]
    [InlineData("x", "2", false)]
    [InlineData(null, "2", false)]
    public void A_lower_version_of_no_later_date_is_older(string? version, string than, bool older) =>
        Assert.Equal(older, DocumentVersion.IsOlder(Document(version, "2026-03-01T00:00Z"), Document(than, "2026-03-02T00:00Z")));

    [Fact]
    public void A_publisher_who_counts_anew_is_not_taken_for_the_past() =>
        Assert.False(DocumentVersion.IsOlder(Document("1", "2026-03-02T00:00Z"), Document("5", "2026-03-01T00:00Z")));

    private static Entry Document(string? version, string date) => Make.Entry(updated: date) with { IsStructured = true, Version = version };
}
