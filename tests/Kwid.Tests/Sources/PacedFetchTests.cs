using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

public class PacedFetchTests
{
    [Fact]
    public async Task Two_sources_of_one_host_are_asked_one_after_the_other_with_the_pause_of_the_policy_between()
    {
        var pause = TimeSpan.FromMilliseconds(300);
        await using var server = new RawServer(RawServer.Always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var fetcher = new HttpFetcher(Upstream.Network("127.0.0.1"), Upstream.Polling(pause), TimeProvider.System);
        var start = TimeProvider.System.GetTimestamp();

        var outcomes = await Task.WhenAll(Ask("bsi-wid"), Ask("buerger-cert"), Ask("cert-eu"));

        Assert.All(outcomes, outcome => Assert.IsType<FetchOutcome.Fetched>(outcome));
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= pause * 2);

        Task<FetchOutcome> Ask(string id) =>
            fetcher.FetchAsync(new FetchRequest(Make.Source(id), new Uri(server.Url, id), Validators.None), TestContext.Current.CancellationToken);
    }
}
