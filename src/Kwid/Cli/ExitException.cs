namespace Kwid.Cli;

/// <summary>Ends a verb with a sentence for people and an exit code.</summary>
/// <param name="code">One of <see cref="ExitCode"/>.</param>
/// <param name="message">Which thing, what was found, what to do.</param>
internal sealed class ExitException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
