namespace Kwid.Tests.Layering;

public class StaticStateTests
{
    [Fact]
    public void No_type_of_the_product_keeps_static_state()
    {
        var found = Product.Assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(StaticState.Find);

        Complaints.AreNone(found.Select(field => $"{field.DeclaringType!.FullName}.{field.Name} can be changed by anyone; pass it by constructor"));
    }

    [Theory]
    [InlineData(typeof(Samples.SettableField))]
    [InlineData(typeof(Samples.SettableProperty))]
    [InlineData(typeof(Samples.SharedTable))]
    public void Static_state_is_seen(Type sample) => Assert.Single(StaticState.Find(sample));

    [Fact]
    public void Constants_tables_and_lambdas_are_no_state() => Assert.Empty(StaticState.Find(typeof(Samples.Stateless)));
}
