using Kwid.Core.Model;
using Kwid.Core.Sources.Csaf;

namespace Kwid.Core.Sources;

/// <summary>Chooses the walk of a source by its kind and address.</summary>
/// <param name="fetcher">For the walks over the network.</param>
/// <param name="time">For the walks over a folder and over own pages.</param>
/// <param name="limits">What a document may weigh; null for the defaults.</param>
public sealed class Walks(IFetcher fetcher, TimeProvider time, FetchLimits? limits = null)
{
    private readonly SingleWalk _single = new(fetcher);
    private readonly PageWalk _page = new(fetcher, time);
    private readonly CsafWalk _csaf = new(fetcher, time);
    private readonly FolderWalk _folder = new(time, (limits ?? FetchLimits.Default).MaxBodyBytes);

    private readonly NoticeWalk _notices = new();

    /// <summary>Asks one archive document of a source (RFC 5005).</summary>
    public Task<FetchOutcome> FetchArchiveAsync(Source source, Uri address, CancellationToken cancel) =>
        fetcher.FetchAsync(new FetchRequest(source, address, Validators.None), cancel);

    /// <summary>The walk that leads to the source's documents.</summary>
    /// <exception cref="NotSupportedException">This version polls no such source; ask <see cref="Source.IsSupported"/> first.</exception>
    public IWalk For(Source source) => (source.Kind, source.Url.Scheme) switch
    {
        (SourceKind.Feed or SourceKind.Facts, "http" or "https") => _single,
        (SourceKind.Page, "http" or "https") => source.Page?.Detail is null ? _single : _page,
        (SourceKind.Feed or SourceKind.Page or SourceKind.Facts, "file") => _folder,
        (SourceKind.Csaf, "http" or "https") => _csaf,
        (SourceKind.Notices, "file") => _notices,
        (SourceKind.Csaf, "file") => throw new NotSupportedException(
            $"Source '{source.Id}' is of kind {source.Kind} at a 'file:' address, but a CSAF provider is on the web; give a folder of CSAF documents kind \"feed\"."),
        _ => throw new NotSupportedException(
            $"Source '{source.Id}' is of kind {source.Kind} at a '{source.Url.Scheme}:' address, which this version cannot poll; use kind \"feed\", \"page\" or \"facts\" with http, https or file, or kind \"csaf\" with http or https, or kind \"notices\" with file."),
    };
}
