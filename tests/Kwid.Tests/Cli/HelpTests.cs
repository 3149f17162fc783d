using System.CommandLine;
using Kwid.Cli;

namespace Kwid.Tests.Cli;

public class HelpTests
{
    [Fact]
    public void Every_verb_of_the_program_is_on_the_command_line()
    {
        var written = typeof(IVerb).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IVerb)) && !type.IsInterface).Select(type => type.Name).Order();

        Assert.Equal(written, Program.Verbs.Select(verb => verb.GetType().Name).Order());
    }

    [Fact]
    public void Every_verb_and_every_flag_says_in_help_what_it_is_for()
    {
        var root = Program.BuildRoot();

        Assert.Equal(Program.Verbs.Count, root.Subcommands.Count);
        foreach (var verb in root.Subcommands)
        {
            Assert.Contains(verb.Name, Help(), StringComparison.Ordinal);
            Assert.False(string.IsNullOrWhiteSpace(verb.Description), verb.Name);
            Assert.All(verb.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
            Assert.Contains(verb.Description!, Help(verb.Name), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--config")]
    [InlineData("--data")]
    [InlineData("--urls")]
    [InlineData("--json")]
    [InlineData("--now")]
    public void Flags_that_scripts_rely_on_are_there_for_every_verb(string flag) =>
        Assert.All(Program.Verbs, verb => Assert.Contains(flag, Help(verb.Build(new CommonOptions()).Name), StringComparison.Ordinal));

    private static string Help(params string[] verb)
    {
        var text = new StringWriter();
        Program.BuildRoot().Parse([.. verb, "--help"]).Invoke(new InvocationConfiguration { Output = text });
        // Help wraps long lines.
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
