namespace Kwid.Tests.Layering;

/// <summary>Fails a test with every finding in full: <c>Assert.Empty</c> cuts them after 50 characters.</summary>
internal static class Complaints
{
    /// <summary>Passes when there are none.</summary>
    public static void AreNone(IEnumerable<string> complaints)
    {
        var all = complaints.Order(StringComparer.Ordinal).ToList();

        Assert.True(all.Count == 0, $"{all.Count} found:\n{string.Join('\n', all)}");
    }
}
