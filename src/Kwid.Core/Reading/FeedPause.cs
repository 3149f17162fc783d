using System.Globalization;

namespace Kwid.Core.Reading;

/// <summary>How long a feed asks to wait between two polls: <c>ttl</c> in minutes (RSS 2.0), or so many times a period (RSS 1.0's syndication module).</summary>
internal sealed class FeedPause
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private TimeSpan? _ttl, _period;
    private int? _frequency;

    /// <summary>The pause; null when the feed does not say. The module's default period is a day.</summary>
    public TimeSpan? Value => _ttl ?? (_period is null && _frequency is null ? null : (_period ?? TimeSpan.FromDays(1)) / (_frequency ?? 1));

    /// <summary>Takes one element in; an unusable value says nothing.</summary>
    public void Take(string name, string? text)
    {
        if (name == "ttl" && Number(text) is { } minutes) _ttl = TimeSpan.FromMinutes(minutes);
        if (name == "sy:updateperiod") _period = Period(text);
        if (name == "sy:updatefrequency") _frequency = Number(text);
    }

    private static TimeSpan? Period(string? text) => text?.ToUpperInvariant() switch
    {
        "HOURLY" => TimeSpan.FromHours(1),
        "DAILY" => TimeSpan.FromDays(1),
        "WEEKLY" => TimeSpan.FromDays(7),
        "MONTHLY" => TimeSpan.FromDays(30),
        "YEARLY" => TimeSpan.FromDays(365),
        _ => null,
    };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 && number <= Longest.TotalMinutes ? number : null;
}
