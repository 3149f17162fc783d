namespace Kwid.EndToEnd.Demo;

/// <summary>Tests that share the running demonstration.</summary>
[CollectionDefinition(Name)]
public sealed class DemoGroup : ICollectionFixture<DemoFixture>
{
    public const string Name = "demo";
}
