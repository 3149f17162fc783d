namespace Kwid.Core.Sources.Csaf;

/// <summary>Files beside documents that no index names, such as <c>.sha512</c>: after a few that are missing no more are asked for in this walk.</summary>
/// <param name="ending">What a document's address is continued with.</param>
internal sealed class Sidecar(string ending)
{
    private const int MostMissing = 3;
    private int _missing;

    /// <summary>Whether it may be worth asking.</summary>
    public bool IsLikely => _missing < MostMissing;

    /// <summary>Where it would be.</summary>
    public Uri Of(Uri document) => new UriBuilder(document) { Path = document.AbsolutePath + ending }.Uri;

    /// <summary>Takes note of an answer.</summary>
    public void Note(FetchOutcome outcome) => _missing = outcome is FetchOutcome.Fetched ? int.MinValue : _missing + 1;
}
