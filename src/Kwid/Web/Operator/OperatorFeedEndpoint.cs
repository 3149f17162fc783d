using System.Security.Cryptography;
using Kwid.Core.Publishing;
using Kwid.Service;
using Microsoft.Net.Http.Headers;

namespace Kwid.Web.Operator;

/// <summary><c>/betrieb/feed.atom</c> and <c>.rss</c>: one entry per event, built from what is known now.</summary>
internal sealed class OperatorFeedEndpoint
{
    private readonly Installation _installation;
    private readonly ServiceCondition _condition;
    private readonly DateTimeOffset _begin;
    private readonly Dictionary<FeedFormat, LastAnswer> _last = [];
    private readonly ToldEvents _told = new();
    private readonly Lock _gate = new();

    public OperatorFeedEndpoint(Installation installation, ServiceCondition condition)
    {
        (_installation, _condition) = (installation, condition);
        _begin = Second(installation.Clock.GetUtcNow());
    }

    public async Task ServeAsync(HttpContext http, FeedFormat format)
    {
        var (body, tag, modified) = Answer(format);
        var headers = http.Response.Headers;
        headers.ETag = tag.ToString();
        headers.LastModified = HeaderUtilities.FormatDate(modified);
        headers.CacheControl = "private, no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        if (IsKnown(http.Request, tag, modified))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = format is FeedFormat.Atom ? "application/atom+xml; charset=utf-8" : "application/rss+xml; charset=utf-8";
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    private LastAnswer Answer(FeedFormat format)
    {
        lock (_gate)
        {
            var now = _installation.Clock.GetUtcNow();
            var body = OperatorFeed.Write(_installation.Configuration.Service, _told.Complete(Events(), now), format, now, _begin);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"");
            var known = _last.GetValueOrDefault(format);
            if (known is not null && known.Tag.Equals(tag)) return known;
            // Some readers compare dates alone: no two bodies may share one. The server's own Date lags up to a second behind.
            var modified = Second(now.AddSeconds(-1));
            if (known is not null && modified <= known.Modified) modified = known.Modified.AddSeconds(1);
            return _last[format] = new LastAnswer(body, tag, modified);
        }
    }

    private IReadOnlyList<OperatorEvent> Events()
    {
        _condition.LookAtLine();
        var configuration = _installation.Configuration;
        var (keeper, zone) = (_installation.Keeper, configuration.Service.TimeZone);
        return
        [
            .. configuration.Sources.SelectMany(source => SourceEvents.Of(source, _installation.States.Of(source), zone)),
            .. ServiceEvents.Of(_condition, zone),
            .. new[] { keeper.LastMended, keeper.Problem }.OfType<Configuration.ConfigurationProblem>().Select(problem => ServiceEvents.OfConfiguration(problem, zone)),
        ];
    }

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag, DateTimeOffset modified)
    {
        var asked = request.GetTypedHeaders();
        return asked.IfNoneMatch.Count > 0
            ? asked.IfNoneMatch.Any(each => each.Tag == "*" || each.Compare(tag, useStrongComparison: false))
            : asked.IfModifiedSince is { } since && modified <= since;
    }

    private static DateTimeOffset Second(DateTimeOffset instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private sealed record LastAnswer(byte[] Body, EntityTagHeaderValue Tag, DateTimeOffset Modified);
}
