using Kwid.Core.Pages;

namespace Kwid.Tests.Pages;

public class FieldSelectorTests
{
    [Theory]
    [InlineData("a", "a", null)]
    [InlineData("a@href", "a", "href")]
    [InlineData("@id", "", "id")]
    [InlineData("a[href*=\"@x\"]", "a[href*=\"@x\"]", null)]
    [InlineData("a[href*=\"@x\"]@data-id", "a[href*=\"@x\"]", "data-id")]
    public void A_selector_may_name_an_attribute_behind_it(string written, string css, string? attribute) =>
        Assert.Equal(new FieldSelector(css, attribute), FieldSelector.Parse(written));

    [Theory]
    [InlineData("tr:has(a[href*=\"/apsb\"])", true)]
    [InlineData("div:has(> h2), div:has(> header)", true)]
    [InlineData("div:has(h2, header)", true)]
    [InlineData("a[", false)]
    [InlineData("a:nonsense", false)]
    [InlineData("//a[@href]", false)]
    [InlineData("div:has(> h2, > header)", false)]
    [InlineData("div:has(h2, > header)", false)]
    [InlineData("div:has(> h2:is(.a, .b), p)", false)]
    public void What_is_not_understood_is_no_css(string written, bool expected) => Assert.Equal(expected, FieldSelector.IsCss(written));

    [Theory]
    [InlineData("@href", true)]
    [InlineData("td:nth-child(2)", true)]
    [InlineData("a[@href", false)]
    [InlineData("@", false)]
    [InlineData(" ", false)]
    public void A_field_is_css_or_an_attribute_or_both(string written, bool expected) => Assert.Equal(expected, FieldSelector.IsValid(written));
}
