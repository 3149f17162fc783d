using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Publishing;

public class EntryTitleTests
{
    [Theory]
    [InlineData("mittel", "[MITTEL → HOCH] Libfoo")]
    [InlineData("Medium", "[MITTEL → HOCH] Libfoo")]
    [InlineData("hoch", "[HOCH] Libfoo")]
    [InlineData("High", "[HOCH] Libfoo")]
    public void A_severity_that_rose_shows_both_words_unless_they_are_one_for_readers(string before, string title) => Assert.Equal(
        title, EntryTitle.Compose(Make.Entry(title: "Libfoo", severity: Severity.High), [new Change("severity", "severity-up", before, "High")]));
}
