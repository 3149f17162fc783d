using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Web.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Kwid.Tests.Web;

public sealed class MetricsTests : IAsyncLifetime
{
    private static readonly string TwoSources =
        """{ "id": "bsi-wid", "url": "https://upstream.example/feed", "tlp": "CLEAR" }, { "id": "other", "url": "https://secret-host.example/feed", "tlp": "CLEAR" }""";

    private readonly WebWorkshop _workshop = new(sources: TwoSources);
    private readonly HttpClient _client = new();
    private WebApplication _web = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        MetricsEndpoint.AddTo(builder.Services);
        _web = builder.Build();
        MetricsEndpoint.Map(_web, _workshop.Installation, _workshop.Condition);
        await _web.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync(CancellationToken.None);
        await _web.DisposeAsync();
        await _workshop.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Every_promised_name_comes_out_as_promised()
    {
        _workshop.Fare(Full);
        _workshop.Installation.Tally.Note(Report(PollOutcome.Read));
        _workshop.Installation.Tally.Note(Report(PollOutcome.Failed));
        _workshop.Condition.StoreFault = "full";
        _workshop.Condition.IsLineUp = () => false;

        var metrics = await ReadAsync();

        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["kwid_source_up{source=\"bsi-wid\"}"] = "0",
                ["kwid_source_state{source=\"bsi-wid\",state=\"failing\"}"] = "0",
                ["kwid_source_state{source=\"bsi-wid\",state=\"notAFeed\"}"] = "1",
                ["kwid_source_last_success_timestamp_seconds{source=\"bsi-wid\"}"] = "1795420800",
                ["kwid_source_last_new_timestamp_seconds{source=\"bsi-wid\"}"] = "1795417200",
                ["kwid_source_next_poll_timestamp_seconds{source=\"bsi-wid\"}"] = "1795424400.25",
                ["kwid_source_consecutive_errors{source=\"bsi-wid\"}"] = "2",
                ["kwid_source_http_status{source=\"bsi-wid\"}"] = "200",
                ["kwid_source_bytes{source=\"bsi-wid\"}"] = "12345",
                ["kwid_source_latency_seconds{quantile=\"0.5\",source=\"bsi-wid\"}"] = "0.2",
                ["kwid_source_latency_seconds{quantile=\"0.95\",source=\"bsi-wid\"}"] = "0.9",
                ["kwid_source_certificate_expiry_timestamp_seconds{source=\"bsi-wid\"}"] = "1800000000",
                ["kwid_source_coverage_hours{source=\"bsi-wid\"}"] = "48.5",
                ["kwid_source_gaps_total{source=\"bsi-wid\"}"] = "3",
                ["kwid_source_held_entries{source=\"bsi-wid\"}"] = "1",
                ["kwid_source_polls_total{outcome=\"read\",source=\"bsi-wid\"}"] = "1",
                ["kwid_source_polls_total{outcome=\"unchanged\",source=\"bsi-wid\"}"] = "0",
                ["kwid_source_polls_total{outcome=\"failed\",source=\"bsi-wid\"}"] = "1",
                ["kwid_source_new_total{source=\"bsi-wid\"}"] = "14",
                ["kwid_source_revised_total{source=\"bsi-wid\"}"] = "6",
                ["kwid_source_rejected_total{source=\"bsi-wid\"}"] = "2",
                ["kwid_edition_number{}"] = "0",
                ["kwid_advisories{}"] = "0",
                ["kwid_store_up{}"] = "0",
                ["kwid_publishing_up{}"] = "1",
                ["kwid_files_up{}"] = "1",
                ["kwid_own_line_up{}"] = "0",
            },
            metrics.Where(line => !line.Key.Contains("other", StringComparison.Ordinal) && (!line.Key.Contains("state=", StringComparison.Ordinal) || line.Key.Contains("failing", StringComparison.Ordinal) || line.Key.Contains("notAFeed", StringComparison.Ordinal)))
                .ToDictionary(StringComparer.Ordinal));
        Assert.Equal(
            ["ok", "failing", "stale", "shrunk", "drift", "notAFeed", "gone", "moved", "paused"],
            metrics.Keys.Where(key => key.StartsWith("kwid_source_state{source=\"bsi-wid\"", StringComparison.Ordinal)).Select(key => key.Split("state=\"")[1].Split('"')[0]));
        Assert.DoesNotContain(metrics.Keys, key => key.Contains("example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_known_has_no_series_and_a_source_that_was_never_asked_is_in_no_state()
    {
        var metrics = await ReadAsync();

        Assert.Equal("0", metrics["kwid_source_up{source=\"bsi-wid\"}"]);
        Assert.DoesNotContain(metrics, line => line.Key.StartsWith("kwid_source_state{", StringComparison.Ordinal) && line.Value != "0");
        Assert.DoesNotContain(metrics.Keys, key => key.Contains("latency", StringComparison.Ordinal) || key.Contains("timestamp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_reload_sources_that_are_gone_have_no_series()
    {
        _workshop.Fare(Full);
        var before = await ReadAsync();
        _workshop.Write(sources: """{ "id": "other", "url": "https://secret-host.example/feed", "tlp": "CLEAR" }""");
        _workshop.Keeper.Reload();
        var after = await ReadAsync();

        Assert.Contains(before.Keys, key => key.Contains("bsi-wid", StringComparison.Ordinal));
        Assert.DoesNotContain(after.Keys, key => key.Contains("bsi-wid", StringComparison.Ordinal));
        Assert.Contains("kwid_source_up{source=\"other\"}", after.Keys);
    }

    [Fact]
    public async Task A_status_that_is_no_longer_answered_is_no_longer_told()
    {
        _workshop.Fare(Full);
        await ReadAsync();
        _workshop.Fare(state => state with { LastStatus = null });

        Assert.DoesNotContain("kwid_source_http_status{source=\"bsi-wid\"}", (await ReadAsync()).Keys);
    }

    [Fact]
    public async Task Only_reading_is_answered()
    {
        using var posted = await _client.PostAsync(Address, content: null, Cancel);
        using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Address), Cancel);

        Assert.Equal((404, 200), ((int)posted.StatusCode, (int)head.StatusCode));
    }

    private Uri Address => new(new Uri(_web.Urls.Single()), "/metrics");

    private static SourceState Full(SourceState state) => state with
    {
        LastPoll = Make.Instant("2026-11-23T09:00Z"),
        LastSuccess = Make.Instant("2026-11-23T08:00Z"),
        LastNew = Make.Instant("2026-11-23T07:00Z"),
        NextPoll = Make.Instant("2026-11-23T09:00:00.25Z"),
        Failures = 2,
        Error = "no feed",
        LastStatus = 200,
        LastBytes = 12345,
        CertificateExpires = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000),
        Gaps = 3,
        Held = new HeldBatch(Make.Instant("2026-11-23T08:00Z"), [new RevisionKey(new AdvisoryId("x.1"), 1)], "repeats"),
        Condition = new SourceCondition(HealthState.NotAFeed, Make.Instant("2026-11-23T08:30Z"), "a page"),
        History = new SourceHistory { Latencies = [100, 200, 900], CoverageHours = 48.5 },
    };

    private PollReport Report(PollOutcome outcome) => new(
        _workshop.Source.Id, outcome, 200, 7, 3, [new Rejected(_workshop.Source.Id, "item 1", "no title")], null, Make.Instant("2026-11-23T09:00Z"))
    {
        Health = SourceHealth.Of(_workshop.Installation.States.Of(_workshop.Source)),
    };

    private async Task<Dictionary<string, string>> ReadAsync()
    {
        var text = await _client.GetStringAsync(Address, Cancel);
        return text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ')).ToDictionary(line => line[0], line => line[1], StringComparer.Ordinal);
    }
}
