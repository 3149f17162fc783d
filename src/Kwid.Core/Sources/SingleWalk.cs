using System.Runtime.CompilerServices;
using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>The walk of a source that is one document on the web. It needs no cursor: the validators are its memory.</summary>
/// <param name="fetcher">Asks the source.</param>
public sealed class SingleWalk(IFetcher fetcher) : IWalk
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<WalkStep> WalkAsync(Source source, SourceState state, [EnumeratorCancellation] CancellationToken cancel)
    {
        var outcome = await fetcher.FetchAsync(new FetchRequest(source, source.Url, state.Validators), cancel);
        yield return new WalkStep(outcome, null);
    }
}
