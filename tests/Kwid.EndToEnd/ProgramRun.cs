namespace Kwid.EndToEnd;

/// <summary>A finished run of the program.</summary>
/// <param name="ExitCode">0 ok; 137 and 143 after SIGKILL and SIGTERM that the program did not handle.</param>
/// <param name="Output">Lines of stdout.</param>
/// <param name="Errors">Lines of stderr.</param>
internal sealed record ProgramRun(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    /// <summary>Stdout whole.</summary>
    public string Text => string.Join('\n', Output);
}
