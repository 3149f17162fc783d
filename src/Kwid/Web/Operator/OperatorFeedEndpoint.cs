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

    public Task ServeAsync(HttpContext http, FeedFormat format)
    {
        var (body, tag, modified) = Answer(format);
        http.Response.Headers.CacheControl = "private, no-cache";
        return http.AnswerDocumentAsync(format is FeedFormat.Atom ? "application/atom+xml; charset=utf-8" : "application/rss+xml; charset=utf-8", body, tag, modified);
    }

    private LastAnswer Answer(FeedFormat format)
    {
        lock (_gate)
        {
            var now = _installation.Clock.GetUtcNow();
            var body = OperatorFeed.Write(_installation.Configuration.Service, _told.Complete(Events(), now), format, now, _begin);
            var tag = Documents.TagOf(body);
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

    private static DateTimeOffset Second(DateTimeOffset instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private sealed record LastAnswer(byte[] Body, EntityTagHeaderValue Tag, DateTimeOffset Modified);
}
