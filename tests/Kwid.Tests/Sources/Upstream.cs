using System.Net;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

/// <summary>What tests of the network share: a fetcher that may ask this machine and never waits between requests.</summary>
internal static class Upstream
{
    public static readonly FetchLimits NoWaiting = new() { RetryDelay = TimeSpan.Zero };

    public static NetworkPolicy Network(params string[] allow) => new(allow, null, null, "Kwid/0.1.0 (+https://kwid.example)");

    public static PollingPolicy Polling(TimeSpan? pause = null) =>
        new(TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), pause ?? TimeSpan.Zero, TimeSpan.FromDays(7));

    public static HttpFetcher Fetcher(NetworkPolicy? network = null, TimeProvider? time = null, FetchLimits? limits = null) =>
        new(network ?? Network("localhost", "127.0.0.1"), Polling(), time ?? TimeProvider.System, limits ?? NoWaiting);

    /// <summary>A fetcher for which every name leads to this machine.</summary>
    public static HttpFetcher EveryName(TimeProvider? time = null, HostPatience? patience = null) =>
        new(Network("127.0.0.1"), Polling(), time ?? TimeProvider.System, NoWaiting, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), null, patience);

    /// <summary>The same place by another name of the host.</summary>
    public static Uri By(this Uri address, string host, string path = "/feed") => new UriBuilder(address) { Host = host, Path = path }.Uri;

    public static Task<FetchOutcome> AskAsync(this HttpFetcher fetcher, Source source, Validators? validators = null) =>
        fetcher.FetchAsync(new FetchRequest(source, source.Url, validators ?? Validators.None), TestContext.Current.CancellationToken);

    public static FetchRequest Request(Uri address, Validators? validators = null) =>
        new(Make.Source(url: address.AbsoluteUri), address, validators ?? Validators.None);

    public static Task<FetchOutcome> AskAsync(this HttpFetcher fetcher, Uri address, Validators? validators = null) =>
        fetcher.FetchAsync(Request(address, validators), TestContext.Current.CancellationToken);

    public static async Task<FetchOutcome.Failed> FailAsync(this HttpFetcher fetcher, Uri address) =>
        Assert.IsType<FetchOutcome.Failed>(await fetcher.AskAsync(address));
}
