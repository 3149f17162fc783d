using System.Diagnostics;

namespace Kwid.EndToEnd.Faults;

/// <summary>Small programs of the system that bring faults about.</summary>
internal static class Shell
{
    /// <summary>Null when it went well, else what it said.</summary>
    public static async Task<string?> TryAsync(string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var said = await run.StandardError.ReadToEndAsync(CancellationToken.None);
        await run.WaitForExitAsync(CancellationToken.None);
        return run.ExitCode == 0 ? null : $"{program} {string.Join(' ', arguments)}: {said.Trim()}";
    }

    /// <exception cref="InvalidOperationException">It went not well.</exception>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        if (await TryAsync(program, arguments) is { } refusal) throw new InvalidOperationException(refusal);
    }
}
