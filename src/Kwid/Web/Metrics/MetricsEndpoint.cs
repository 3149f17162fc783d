using Kwid.Service;
using Kwid.Web.Operator;
using OpenTelemetry.Metrics;

namespace Kwid.Web.Metrics;

/// <summary><c>/metrics</c> in the format of Prometheus, or OpenMetrics where it is asked for.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Series of one name: far more than sources times states.</summary>
    private const int MostSeries = 50_000;

    /// <summary>What measures and writes.</summary>
    public static void AddTo(IServiceCollection services) => services.AddOpenTelemetry().WithMetrics(metrics => metrics
        .AddMeter(KwidMeter.Name)
        .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = MostSeries })
        .AddPrometheusExporter(exporter =>
        {
            exporter.ScopeInfoEnabled = false;
            exporter.TargetInfoEnabled = false;
            exporter.ScrapeResponseCacheDurationMilliseconds = 0;
        }));

    /// <summary>Answers on the operator's listener where there is one; elsewhere the address does not exist.</summary>
    public static void Map(WebApplication web, Installation installation, ServiceCondition condition)
    {
        var meter = new KwidMeter(installation, condition);
        web.Lifetime.ApplicationStopped.Register(meter.Dispose);
        var access = new OperatorAccess(installation);
        web.UseOpenTelemetryPrometheusScrapingEndpoint(http =>
            http.Request.Path == "/metrics" && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) && access.MayReadMetrics(http));
    }
}
