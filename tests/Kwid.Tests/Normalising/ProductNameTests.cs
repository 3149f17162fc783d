using Kwid.Core.Normalising;

namespace Kwid.Tests.Normalising;

public class ProductNameTests
{
    [Theory]
    [InlineData("Muster", "Muster Server", "<7.2", null, "Server", "<7.2")]
    [InlineData("Muster", "Muster", "1", null, "Muster", "1")]
    [InlineData("Muster", "Musterserver", null, null, "Musterserver", null)]
    [InlineData("Open Source", "Open Source libmuster 0.74.0", null, "cpe:/a:muster:libmuster:0.74.0", "libmuster", "0.74.0")]
    [InlineData("Open Source", "Open Source libmuster <= 5.1-rc6", null, "cpe:/a:muster:libmuster:5.1-rc6", "libmuster", "<=5.1-rc6")]
    [InlineData("Open Source", "libmuster < 6.5-rc4", null, null, "libmuster", "<6.5-rc4")]
    [InlineData("Dell", "Dell PowerMuster", "Dell PowerMuster < 1.6.6", null, "PowerMuster", "< 1.6.6")]
    [InlineData("Siemens", "SIMATIC", "vers:all/<V3.1.4", null, "SIMATIC", "<V3.1.4")]
    [InlineData("SICK", "Analytics", "vers:all/*", null, "Analytics", null)]
    [InlineData(null, "Server", "Server", null, "Server", null)]
    [InlineData(null, "Server 2", null, "cpe:2.3:a:muster:server:2:*:*:*:*:*:*:*", "Server", "2")]
    [InlineData(null, "Server 2", null, "cpe:/a:x", "Server 2", null)]
    public void Name_and_version_are_parted(string? vendor, string name, string? version, string? cpe, string expectedName, string? expectedVersion) =>
        Assert.Equal((expectedName, expectedVersion), ProductName.Split(vendor, name, version, cpe));
}
