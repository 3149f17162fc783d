using System.Diagnostics.Metrics;
using Kwid.Service;

namespace Kwid.Web.Metrics;

/// <summary>
/// What is measured, by the names that dashboards rely on. Everything is read when it is asked for, so a reload needs no care. Labels are ids of
/// sources and fixed words: no addresses, no texts.
/// </summary>
internal sealed class KwidMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Kwid";

    private readonly Meter _meter = new(Name);
    private readonly Installation _installation;

    public KwidMeter(Installation installation, ServiceCondition condition)
    {
        _installation = installation;
        MeasureSources();
        CountSources();
        One("kwid_edition_number", "Number of the last edition; 0 before the first.", () => installation.Shelf.Last?.Number ?? 0);
        _meter.CreateObservableGauge<double>(
            "kwid_edition_timestamp_seconds",
            () => SourceReading.Unix(installation.Shelf.Last?.Instant) is { } instant ? [new Measurement<double>(instant)] : [],
            description: "Instant of the last edition.");
        One("kwid_advisories", "Advisories known.", () => installation.Advisories);
        One("kwid_store_up", "1 when what is new can be stored.", () => condition.StoreFault is null ? 1 : 0);
        One("kwid_files_up", "1 when the files beside the store can be written and read.", () => condition.FilesFault is null ? 1 : 0);
        One("kwid_publishing_up", "1 when nothing is in the way of publishing.", () => (condition.PublishingFault ?? condition.EditionFault) is null ? 1 : 0);
        One("kwid_own_line_up", "1 when our own line to the sources works.", () => condition.IsLineUp() ? 1 : 0);
    }

    public void Dispose() => _meter.Dispose();

    private void MeasureSources()
    {
        Gauge("kwid_source_up", "1 when the last poll was answered with something readable.", each => each.Up);
        Gauge("kwid_source_state", "1 for the state the source is in, 0 for all others.", "state", each => each.States);
        Gauge("kwid_source_last_success_timestamp_seconds", "Last poll that was answered.", each => SourceReading.Unix(each.Health.LastSuccess));
        Gauge("kwid_source_last_new_timestamp_seconds", "Last time that something unknown came.", each => SourceReading.Unix(each.Health.LastNew));
        Gauge("kwid_source_next_poll_timestamp_seconds", "When it is asked next.", each => SourceReading.Unix(each.Health.NextPoll));
        Gauge("kwid_source_consecutive_errors", "Polls failed in a row.", each => each.Health.ConsecutiveErrors);
        Gauge("kwid_source_http_status", "HTTP status of the last poll; absent when none was answered.", each => each.Health.LastStatus);
        Gauge("kwid_source_bytes", "Bytes of the last body.", each => each.Health.Bytes);
        Gauge("kwid_source_latency_seconds", "How long the last requests took.", "quantile", each => each.Latencies);
        Gauge("kwid_source_certificate_expiry_timestamp_seconds", "When its server's certificate ends.", each => SourceReading.Unix(each.Health.CertificateExpires));
        Gauge("kwid_source_coverage_hours", "How far its document reaches back.", each => each.Health.CoverageHours);
        Gauge("kwid_source_held_entries", "New entries that wait for the operator.", each => each.Health.Held);
    }

    private void CountSources()
    {
        Counter("kwid_source_gaps_total", "Possible gaps so far.", each => [("", each.Health.Gaps)]);
        Counter("kwid_source_polls_total", "Polls since the start, by outcome.", each => each.Polls, "outcome");
        Counter("kwid_source_new_total", "Advisories that were unknown, since the start.", each => [("", each.Counts.New)]);
        Counter("kwid_source_revised_total", "Advisories that said something else, since the start.", each => [("", each.Counts.Revised)]);
        Counter("kwid_source_rejected_total", "Items that could not become entries, since the start.", each => [("", each.Counts.Rejected)]);
    }

    private void One(string name, string description, Func<double> read) => _meter.CreateObservableGauge(name, read, description: description);

    private void Gauge(string name, string description, Func<SourceReading, double?> read) => Gauge(name, description, null, each => [("", read(each))]);

    private void Gauge(string name, string description, string? label, Func<SourceReading, IEnumerable<(string, double?)>> read) =>
        _meter.CreateObservableGauge(name, () => Series(label, read), description: description);

    private void Counter(string name, string description, Func<SourceReading, IEnumerable<(string, double?)>> read, string? label = null) =>
        _meter.CreateObservableCounter(name, () => Series(label, read), description: description);

    /// <summary>One series per source and word; what is not known has none.</summary>
    private IEnumerable<Measurement<double>> Series(string? label, Func<SourceReading, IEnumerable<(string Word, double? Value)>> read)
    {
        foreach (var each in SourceReading.TakeAll(_installation))
            foreach (var (word, value) in read(each))
                if (value is { } known) yield return new Measurement<double>(known, Labels(each, label, word));
    }

    private static KeyValuePair<string, object?>[] Labels(SourceReading each, string? label, string word)
    {
        var source = new KeyValuePair<string, object?>("source", each.Id.ToString());
        return label is null ? [source] : [source, new KeyValuePair<string, object?>(label, word)];
    }
}
