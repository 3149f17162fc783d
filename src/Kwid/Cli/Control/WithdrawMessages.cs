namespace Kwid.Cli.Control;

/// <summary>What to take back.</summary>
/// <param name="Id">In any spelling.</param>
/// <param name="Reason">For readers.</param>
/// <param name="DryRun">Only tell who would see it.</param>
internal sealed record WithdrawRequest(string Id, string Reason, bool DryRun);

/// <summary>What came of it.</summary>
/// <param name="Id">The advisory's own spelling.</param>
/// <param name="Title">For people.</param>
/// <param name="Feeds">Feed parts whose window shows it.</param>
/// <param name="Revision">Number of the revision that takes it back; null on a dry run, or when it was taken back before with the same reason.</param>
/// <param name="Edition">Number of the edition that publishes it; null when none does, or not yet.</param>
/// <param name="Fault">Why nothing could be published; null when nothing was in the way.</param>
internal sealed record WithdrawAnswer(string Id, string Title, IReadOnlyList<string> Feeds, int? Revision, int? Edition, string? Fault)
{
    /// <summary>Names of the providers whose feeds show it, by feed part: their ids say little to people.</summary>
    public IReadOnlyDictionary<string, string> Providers { get => field ?? new Dictionary<string, string>(); init; }
}
