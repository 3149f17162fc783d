namespace Kwid.Tests.Layering;

public class ConventionTests
{
    private static IEnumerable<Type> Types => Product.Assemblies.SelectMany(assembly => assembly.GetTypes());

    [Fact]
    public void Every_asynchronous_method_takes_cancel_last()
    {
        var violations = Types.SelectMany(AsyncConvention.FindViolations);

        Complaints.AreNone(violations.Select(method => $"{method.DeclaringType!.FullName}.{method.Name}: add 'CancellationToken cancel' as its last parameter"));
    }

    [Theory]
    [InlineData(typeof(Samples.WithoutToken))]
    [InlineData(typeof(Samples.WithTokenFirst))]
    [InlineData(typeof(Samples.WithTokenOfAnotherName))]
    [InlineData(typeof(Samples.IStreamWithoutToken))]
    public void A_method_that_cannot_be_cancelled_is_seen(Type sample) => Assert.Single(AsyncConvention.FindViolations(sample));

    [Fact]
    public void Disposal_local_functions_and_request_handlers_are_excused() => Assert.Empty(AsyncConvention.FindViolations(typeof(Samples.Cancellable)));

    [Fact]
    public void Log_events_have_numbers_of_their_own_across_the_product() => Complaints.AreNone(LogEvents.FindViolations(Types.SelectMany(LogEvents.Read)));

    [Fact]
    public void A_number_used_twice_is_seen()
    {
        var events = LogEvents.Read(typeof(Samples.OneEvent)).Concat(LogEvents.Read(typeof(Samples.SameEventAgain)));

        var violation = Assert.Single(LogEvents.FindViolations(events));

        Assert.Contains("LogOneAgain", violation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_without_a_number_is_seen() => Assert.Single(LogEvents.FindViolations(LogEvents.Read(typeof(Samples.EventWithoutNumber))));
}
