using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Asks on behalf of one source whatever its provider consists of.</summary>
internal sealed class CsafAsker(IFetcher fetcher, Source source)
{
    /// <summary>What a document or an index may weigh, content coding removed: single documents of more than the usual limit exist.</summary>
    private const int Heavy = 32 * 1024 * 1024;

    public Source Source => source;

    /// <summary>Asks an address; a Retry-After holds back what the source says.</summary>
    public Task<FetchOutcome> AskAsync(Uri address, Validators validators, CancellationToken cancel) =>
        fetcher.FetchAsync(new FetchRequest(source, address, validators) { MayWeigh = Heavy }, cancel);

    /// <summary>A failure of this source at an address.</summary>
    public FetchOutcome.Failed Fail(Uri address, string finding, string cure) => new(200, Subject(address).Say(finding, cure));

    /// <summary>An address for people.</summary>
    public string Tell(Uri address) => Subject(address).Tell(address);

    /// <summary>Where to correct the address.</summary>
    public string Setting => Subject(source.Url).Setting;

    /// <summary>Whether a document may lead there: to the web, and never from https to http.</summary>
    public static bool IsUsable(Uri from, Uri to) => to.IsAbsoluteUri && (to.Scheme == Uri.UriSchemeHttps || (to.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp));

    /// <summary>Whether the host wants to be left alone: then everything else is to be asked later, too.</summary>
    public static bool IsHostWide(FetchOutcome.Failed failure) => failure.IsPostponed || failure.RetryAfter is not null || failure.Status == 429;

    private FetchSubject Subject(Uri address) => new(new FetchRequest(source, address, Validators.None), address);
}
