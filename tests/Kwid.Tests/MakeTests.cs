namespace Kwid.Tests;

public class MakeTests
{
    [Fact]
    public void Made_entries_keep_what_the_test_says() => Assert.Equal("CVE-2026-0001", Make.Entry(cves: "cve-2026-0001").Cves.Single().ToString());
}
