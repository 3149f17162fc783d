using System.Net;
using Kwid.Configuration;

namespace Kwid.Tests.Configuration;

public sealed class OperatorOptionsTests : IDisposable
{
    private const string Secret = "0123456789abcdef";
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_listener_and_a_token_by_reference_are_taken_without_a_warning()
    {
        var configuration = Write("""  "operatorListen": "http://0.0.0.0:8081", "operatorToken": "${env:KWID_OPERATOR}" """).Set("KWID_OPERATOR", Secret).GetLoaded();

        Assert.Equal("http://0.0.0.0:8081", configuration.OperatorListen);
        Assert.True(configuration.OperatorToken!.Matches(Secret));
        Assert.False(configuration.OperatorToken.Matches(Secret + "0"));
        Assert.DoesNotContain(Secret, configuration.ToString(), StringComparison.Ordinal);
        Assert.Empty(configuration.Warnings);
    }

    [Theory]
    [InlineData("\"0123456789abcdef\"")]
    [InlineData("\"0123456789abcdef${env:KWID_OPERATOR}\"")]
    [InlineData("\"${env:KWID_OPERATOR} 0123456789abcdef\"")]
    [InlineData("1234567890123456789")]
    public void A_token_in_clear_is_a_mistake_that_does_not_repeat_it(string written)
    {
        var mistake = Assert.Single(Write($"\"operatorToken\": {written}").Set("KWID_OPERATOR", Secret).GetMistakes());

        Assert.Equal((Codes.SecretInClear, "service.operatorToken"), (mistake.Code, mistake.Path));
        Assert.DoesNotContain("0123456789", mistake.ToString(), StringComparison.Ordinal);
        Assert.Contains("${env:NAME}", mistake.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_can_be_guessed_is_a_mistake_that_does_not_repeat_it()
    {
        var mistake = Assert.Single(Write("\"operatorToken\": \"${env:KWID_OPERATOR}\"").Set("KWID_OPERATOR", "geheim").GetMistakes());

        Assert.Equal(Codes.OperatorToken, mistake.Code);
        Assert.DoesNotContain("geheim", mistake.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8080", Codes.OperatorListen)]
    [InlineData("http://127.0.0.1:8080", Codes.OperatorListen)]
    [InlineData("http://*:8080", Codes.OperatorListen)]
    [InlineData("http://localhost:0", Codes.Listen)]
    [InlineData("http://unix:/run/kwid.sock", Codes.Listen)]
    [InlineData("localhost", Codes.Listen)]
    public void A_second_listener_that_is_the_first_or_none_is_a_mistake(string written, string code)
    {
        var mistake = Assert.Single(Write($"\"operatorListen\": \"{written}\"").GetMistakes());

        Assert.Equal((code, "service.operatorListen"), (mistake.Code, mistake.Path));
    }

    [Fact]
    public void The_listener_of_the_command_line_counts() =>
        Assert.Equal(Codes.OperatorListen, Assert.Single(Write("\"operatorListen\": \"http://localhost:8081\"").GetMistakes(urls: "http://127.0.0.1:8081")).Code);

    [Fact]
    public void Another_second_listener_needs_a_restart_and_another_token_does_not()
    {
        Write("\"operatorListen\": \"http://localhost:8081\"").Set("KWID_OPERATOR", Secret);
        using var keeper = _folder.GetStarted();
        Write("\"operatorListen\": \"http://localhost:8081\", \"operatorToken\": \"${env:KWID_OPERATOR}\"");
        Assert.IsType<ReloadOutcome.Swapped>(keeper.Reload());
        Write("\"operatorListen\": \"http://localhost:8082\"");
        var refused = Assert.IsType<ReloadOutcome.Refused>(keeper.Reload());

        Assert.True(keeper.Current.OperatorToken!.Matches(Secret));
        Assert.Equal((Codes.NeedsRestart, "service.operatorListen"), (refused.Problem.Mistakes[0].Code, refused.Problem.Mistakes[0].Path));
    }

    [Theory]
    [InlineData("http://localhost:81", "127.0.0.1", 81, true)]
    [InlineData("http://localhost:81", "::1", 81, true)]
    [InlineData("http://localhost:81", "10.0.0.1", 81, false)]
    [InlineData("http://localhost:81", "127.0.0.1", 80, false)]
    [InlineData("http://10.0.0.1:81", "10.0.0.1", 81, true)]
    [InlineData("http://10.0.0.1:81", "::ffff:10.0.0.1", 81, true)]
    [InlineData("http://10.0.0.1:81", "10.0.0.2", 81, false)]
    [InlineData("http://*:81;http://localhost:82", "10.0.0.2", 81, true)]
    [InlineData("http://*:81;http://localhost:82", "::1", 82, true)]
    [InlineData("http://[::]:81", "10.0.0.2", 81, true)]
    public void A_connection_arrives_where_its_local_end_is(string listen, string address, int port, bool here) =>
        Assert.Equal(here, ListenAddress.TryParse(listen)!.Receives(IPAddress.Parse(address), port));

    private ConfigurationFolder Write(string more) =>
        _folder.Write(ConfigurationFolder.Text($$"""{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026", {{more}} }"""));
}
