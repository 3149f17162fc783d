namespace Kwid.EndToEnd;

public class KwidProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_program_lies_beside_the_tests_and_starts()
    {
        var run = await KwidProcess.RunAsync(["--help"], Limit, TestContext.Current.CancellationToken);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("kwid", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_never_comes_is_told_with_what_came_instead()
    {
        await using var kwid = KwidProcess.Start(["--help"]);

        var fault = await Assert.ThrowsAsync<TimeoutException>(() => kwid.WaitForLineAsync("no such line", Limit, TestContext.Current.CancellationToken));

        Assert.Contains("kwid", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no such line", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_free_ports_are_ports() => Assert.All([FreePort.Find(), FreePort.Find()], port => Assert.InRange(port, 1024, 65535));
}
