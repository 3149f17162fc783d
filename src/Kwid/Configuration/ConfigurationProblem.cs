namespace Kwid.Configuration;

/// <summary>Why the files as they stand are not in effect. The last good configuration is.</summary>
/// <param name="Since">When they were refused first.</param>
/// <param name="Mistakes">At least one.</param>
/// <param name="Version">Of the refused files; null when they have mistakes of their own.</param>
/// <param name="CanBeAccepted">Whether nothing but the end of many feeds stands against them, so that <c>kwid accept</c> helps.</param>
internal sealed record ConfigurationProblem(DateTimeOffset Since, IReadOnlyList<ConfigurationMistake> Mistakes, string? Version, bool CanBeAccepted)
{
    /// <summary>When the mistakes became these, UTC.</summary>
    public DateTimeOffset Updated { get; init; } = Since;

    /// <summary>When the files were in effect again, UTC; null while they are not.</summary>
    public DateTimeOffset? Ended { get; init; }
}

/// <summary>What a reload came to.</summary>
internal abstract record ReloadOutcome
{
    private ReloadOutcome()
    {
    }

    /// <summary>The new configuration is in effect.</summary>
    public sealed record Swapped(KwidConfiguration Configuration) : ReloadOutcome;

    /// <summary>The files say what is in effect already.</summary>
    public sealed record Unchanged : ReloadOutcome;

    /// <summary>The former configuration stays.</summary>
    public sealed record Refused(ConfigurationProblem Problem) : ReloadOutcome;
}

/// <summary>What the first load came to.</summary>
internal abstract record StartOutcome
{
    private StartOutcome()
    {
    }

    /// <summary>There is a configuration; when it is the last good one instead of the file's, <see cref="ConfigurationKeeper.Problem"/> says why.</summary>
    public sealed record Started(ConfigurationKeeper Keeper) : StartOutcome;

    /// <summary>There is none: exit code 2.</summary>
    public sealed record Refused(IReadOnlyList<ConfigurationMistake> Mistakes, IReadOnlyList<ConfigurationMistake> Warnings) : StartOutcome;
}

/// <summary>Tells that another configuration is in effect.</summary>
internal sealed class ConfigurationSwappedEventArgs(KwidConfiguration before, KwidConfiguration now) : EventArgs
{
    public KwidConfiguration Before { get; } = before;

    public KwidConfiguration Now { get; } = now;
}

/// <summary>Tells that files were refused.</summary>
internal sealed class ConfigurationRefusedEventArgs(ConfigurationProblem problem) : EventArgs
{
    public ConfigurationProblem Problem { get; } = problem;
}
