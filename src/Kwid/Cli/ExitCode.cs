namespace Kwid.Cli;

/// <summary>What the program's exit code says; scripts rely on it.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The answer is no: unhealthy, unreadable.</summary>
    public const int No = 1;

    /// <summary>Configuration or usage.</summary>
    public const int Usage = 2;

    /// <summary>Some sources failed.</summary>
    public const int SourcesFailed = 3;

    /// <summary>Another process holds the data.</summary>
    public const int DataInUse = 4;

    /// <summary>The store can't be read or written.</summary>
    public const int StoreFault = 5;
}
