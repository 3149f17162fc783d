using System.ComponentModel;
using Kwid.Core.Model;

namespace Kwid.Configuration.Options;

/// <summary>Section polling: how often sources are asked. Times are hh:mm:ss or d.hh:mm:ss.</summary>
[Description("Section polling: how often sources are asked. Times are hh:mm:ss or d.hh:mm:ss.")]
internal sealed class PollingOptions : OptionsObject
{
    /// <summary>Sources of class must.</summary>
    [Description("Sources of class must.")]
    public MustPollingOptions Must { get; init; } = new();

    /// <summary>Sources of class normal.</summary>
    [Description("Sources of class normal.")]
    public NormalPollingOptions Normal { get; init; } = new();

    /// <summary>Least pause between two requests to one host, 00:00:00 to 00:10:00. Default: 00:00:01; less only if all sources are on this machine.</summary>
    [Description("Least pause between two requests to one host, 00:00:00 to 00:10:00. Default: 00:00:01; less only if all sources are on this machine.")]
    public TimeSpan PerHostPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Greatest age of an entry that a source's first poll still announces, 00:00:00 to 366.00:00:00. Default: 7.00:00:00.</summary>
    [Description("Greatest age of an entry that a source's first poll still announces, 00:00:00 to 366.00:00:00. Default: 7.00:00:00.")]
    public TimeSpan AnnounceBacklog { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a source of class must is out of reach before every feed tells it, 00:01:00 to 7.00:00:00. Default: 06:00:00.</summary>
    [Description("How long a source of class must is out of reach before every feed tells it, 00:01:00 to 7.00:00:00. Default: 06:00:00.")]
    public TimeSpan OutageNotice { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Largest response read, in bytes after decompression, 65536 to 268435456. Default: 16777216 (16 MiB); a larger one fails the poll. Of CSAF providers never less than 33554432 is read.</summary>
    [Description("Largest response read, in bytes after decompression, 65536 to 268435456. Default: 16777216 (16 MiB); a larger one fails the poll. Of CSAF providers never less than 33554432 is read.")]
    public long MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        if (PerHostPause > TimeSpan.FromMinutes(10))
            examination.Mistake(this, "perHostPause", Codes.OutOfRange, "write 00:10:00 or less");
        else if (PerHostPause < TimeSpan.FromSeconds(1) && !examination.IsLocalTraffic(null))
            examination.Mistake(this, "perHostPause", Codes.IntervalTooShort, "write 00:00:01 or more: other people's servers are asked");
        if (AnnounceBacklog > TimeSpan.FromDays(366))
            examination.Mistake(this, "announceBacklog", Codes.OutOfRange, "write 366.00:00:00 or less");
        if (OutageNotice < TimeSpan.FromMinutes(1) || OutageNotice > TimeSpan.FromDays(7))
            examination.Mistake(this, "outageNotice", Codes.OutOfRange, "write a time from 00:01:00 to 7.00:00:00");
        if (MaxBodyBytes is < 64 * 1024 or > 256 * 1024 * 1024)
            examination.Mistake(this, "maxBodyBytes", Codes.OutOfRange, "write a number of bytes from 65536 to 268435456");
    }
}

/// <summary>How often sources of class must are asked.</summary>
[Description("How often sources of class must are asked.")]
internal sealed class MustPollingOptions : OptionsObject
{
    /// <summary>The floor that keeps us a polite client.</summary>
    internal static readonly TimeSpan Floor = TimeSpan.FromMinutes(5);

    /// <summary>Pause between two polls, 00:05:00 to 1.00:00:00. Default: 00:10:00; shorter only where all of these sources are on this machine.</summary>
    [Description("Pause between two polls, 00:05:00 to 1.00:00:00. Default: 00:10:00; shorter only where all of these sources are on this machine.")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest pause that hints of the source (ttl, sy:updatePeriod, Cache-Control, Expires) may lead to, up to 1.00:00:00. Default: 00:30:00.</summary>
    [Description("Longest pause that hints of the source (ttl, sy:updatePeriod, Cache-Control, Expires) may lead to, up to 1.00:00:00. Default: 00:30:00.")]
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        examination.CheckInterval(this, Interval, SourceClass.Must, Floor);
        if (MaxStaleness > TimeSpan.FromDays(1)) examination.Mistake(this, "maxStaleness", Codes.OutOfRange, "write 1.00:00:00 or less");
    }
}

/// <summary>How often sources of class normal are asked.</summary>
[Description("How often sources of class normal are asked.")]
internal sealed class NormalPollingOptions : OptionsObject
{
    /// <summary>The floor that keeps us a polite client.</summary>
    internal static readonly TimeSpan Floor = TimeSpan.FromMinutes(1);

    /// <summary>Pause between two polls, 00:01:00 to 7.00:00:00. Default: 01:00:00; shorter only where all of these sources are on this machine.</summary>
    [Description("Pause between two polls, 00:01:00 to 7.00:00:00. Default: 01:00:00; shorter only where all of these sources are on this machine.")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longest pause that hints of the source (ttl, sy:updatePeriod, Cache-Control, Expires) may lead to, up to 7.00:00:00. Default: 06:00:00.</summary>
    [Description("Longest pause that hints of the source (ttl, sy:updatePeriod, Cache-Control, Expires) may lead to, up to 7.00:00:00. Default: 06:00:00.")]
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromHours(6);

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        examination.CheckInterval(this, Interval, SourceClass.Normal, Floor);
        if (MaxStaleness > TimeSpan.FromDays(7)) examination.Mistake(this, "maxStaleness", Codes.OutOfRange, "write 7.00:00:00 or less");
    }
}
