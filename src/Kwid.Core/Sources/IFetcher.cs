namespace Kwid.Core.Sources;

/// <summary>The network: asks one address once, with all rules of a good citizen. Tests put a script in its place.</summary>
public interface IFetcher
{
    /// <summary>Everyday failures are outcomes; only cancellation throws.</summary>
    Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel);
}
