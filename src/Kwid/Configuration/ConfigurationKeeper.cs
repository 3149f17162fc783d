namespace Kwid.Configuration;

/// <summary>Where the configuration comes from and what it is measured against.</summary>
/// <param name="Path">feeds.config.json as the operator named it.</param>
/// <param name="DataFolder">Keeps the last valid one.</param>
/// <param name="Surroundings">Flags and environment.</param>
/// <param name="HasEditions">Asked only when the authority differs from the last valid one's; may be slow then.</param>
/// <param name="AcceptNewIds"><c>--accept-new-ids</c>: a changed authority is wanted.</param>
internal sealed record ConfigurationOrigin(string Path, string DataFolder, Surroundings Surroundings, Func<bool> HasEditions, bool AcceptNewIds = false);

/// <summary>
/// Holds the configuration in effect and follows its files: a valid change is swapped in whole, any other is refused with its reasons while the
/// last good one stays. Safe to use from several threads.
/// </summary>
internal sealed partial class ConfigurationKeeper : IDisposable
{
    /// <summary>Files are looked at so often, and read when they have not changed for as long: editors write in several steps.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _one = new();
    private readonly ConfigurationOrigin _origin;
    private readonly LastGood _lastGood;
    private readonly TimeProvider _clock;
    private readonly ILogger<ConfigurationKeeper> _log;
    private ITimer? _timer;
    private volatile KwidConfiguration _current;
    private volatile ConfigurationProblem? _problem;
    private volatile ConfigurationProblem? _lastMended;
    private ConfigurationFiles? _files;
    private string _readStamp = "";
    private string _seenStamp = "";
    private string? _acceptedVersion;

    private ConfigurationKeeper(ConfigurationOrigin origin, LoadOutcome.Loaded good, TimeProvider clock, ILogger<ConfigurationKeeper> log)
    {
        (_origin, _lastGood, _clock, _log, _current, _files) = (origin, new LastGood(origin.DataFolder), clock, log, good.Configuration, good.Files);
        _readStamp = _seenStamp = Stamp();
    }

    /// <summary>After another configuration has come into effect; raised on the thread that loaded it, one at a time.</summary>
    public event EventHandler<ConfigurationSwappedEventArgs>? Swapped;

    /// <summary>After files were refused, once per set of mistakes.</summary>
    public event EventHandler<ConfigurationRefusedEventArgs>? Refused;

    /// <summary>In effect.</summary>
    public KwidConfiguration Current => _current;

    /// <summary>Null while the files as they stand are in effect.</summary>
    public ConfigurationProblem? Problem => _problem;

    /// <summary>The last problem that is over; null when there was none since the start.</summary>
    public ConfigurationProblem? LastMended => _lastMended;

    /// <summary>
    /// The first load. A file with mistakes, or one that a guard refuses, starts with the last valid configuration if there ever was one. Unlike a
    /// reload it may change what needs a restart.
    /// </summary>
    public static StartOutcome Start(ConfigurationOrigin origin, TimeProvider clock, ILogger<ConfigurationKeeper> log)
    {
        var lastGood = new LastGood(origin.DataFolder);
        var kept = lastGood.Find();
        if (lastGood.Fault is { } damage) LogDamaged(log, lastGood.Path, damage);
        var outcome = ConfigurationLoader.Load(origin.Path, origin.Surroundings);
        var against = outcome is LoadOutcome.Loaded loaded ? Against(loaded, kept?.Before, origin) : ((LoadOutcome.Refused)outcome).Mistakes;
        if (outcome is LoadOutcome.Loaded valid && against.Count == 0)
        {
            var keeper = new ConfigurationKeeper(origin, valid, clock, log);
            keeper.Keep(valid);
            return new StartOutcome.Started(keeper);
        }
        if (kept is null || ConfigurationLoader.Load(kept.Files, origin.Surroundings) is not LoadOutcome.Loaded good)
            return new StartOutcome.Refused(against, (outcome as LoadOutcome.Refused)?.Warnings ?? []);

        var fallenBack = new ConfigurationKeeper(origin, good, clock, log);
        fallenBack.LogStartedWithLastGood(origin.Path, fallenBack._lastGood.Path);
        fallenBack.Refuse(against, (outcome as LoadOutcome.Loaded)?.Configuration.Version);
        return new StartOutcome.Started(fallenBack);
    }

    /// <summary>Begins to follow the files; ends with <see cref="Dispose"/>.</summary>
    public void Watch() => _timer ??= _clock.CreateTimer(_ => Look(), null, LookInterval, LookInterval);

    /// <summary>Reads the files now, also when their texts have not changed: what they refer to may have.</summary>
    public ReloadOutcome Reload() => Reload(evenIfSame: true);

    /// <summary>
    /// Lets the refused files through although they end many feeds, and reloads. Exactly what was refused is accepted: files that have changed
    /// since are measured anew. Without anything to accept it is a plain reload.
    /// </summary>
    public ReloadOutcome Accept()
    {
        lock (_one)
        {
            _acceptedVersion = _problem is { CanBeAccepted: true } problem ? problem.Version : null;
            var outcome = Reload(evenIfSame: false);
            _acceptedVersion = null;
            return outcome;
        }
    }

    public void Dispose() => _timer?.Dispose();

    private static List<ConfigurationMistake> Against(LoadOutcome.Loaded next, Before? before, ConfigurationOrigin origin)
    {
        if (before is null) return [];
        var ids = origin.AcceptNewIds ? [] : ChangeGuards.OfIds(next, before, origin.HasEditions);
        return [.. ids, .. ChangeGuards.OfFeeds(next, before)];
    }

    private ReloadOutcome Reload(bool evenIfSame)
    {
        lock (_one)
        {
            _readStamp = _seenStamp = Stamp(); // before reading: a change meanwhile is seen next time
            var outcome = ConfigurationLoader.Load(_origin.Path, _origin.Surroundings);
            if (outcome is not LoadOutcome.Loaded next) return Refuse(((LoadOutcome.Refused)outcome).Mistakes, null);

            _files = next.Files;
            var version = next.Configuration.Version;
            var ended = version == _acceptedVersion ? [] : ChangeGuards.OfFeeds(next, BeforeThis());
            ConfigurationMistake[] against = [.. ChangeGuards.OfRestart(next, _current), .. ended];
            if (against.Length > 0) return Refuse(against, version);

            if (_problem is { } mended) _lastMended = mended with { Ended = _clock.GetUtcNow() };
            _problem = null;
            if (version == _current.Version && !evenIfSame) return new ReloadOutcome.Unchanged();
            return Swap(next);
        }
    }

    private ReloadOutcome.Swapped Swap(LoadOutcome.Loaded next)
    {
        var before = _current;
        _current = next.Configuration;
        Keep(next);
        LogSwapped(_origin.Path, _current.Sources.Count, _current.Recipients.Count);
        Swapped?.Invoke(this, new ConfigurationSwappedEventArgs(before, _current));
        return new ReloadOutcome.Swapped(_current);
    }

    private ReloadOutcome.Refused Refuse(IReadOnlyList<ConfigurationMistake> mistakes, string? version)
    {
        var known = _problem;
        var acceptable = version is not null && mistakes.All(mistake => mistake.Code == Codes.EndsTooManyFeeds);
        var isNews = known is null || !known.Mistakes.SequenceEqual(mistakes);
        var now = _clock.GetUtcNow();
        var problem = new ConfigurationProblem(known?.Since ?? now, mistakes, version, acceptable) { Updated = isNews ? now : known!.Updated };
        _problem = problem;
        if (isNews)
        {
            foreach (var mistake in mistakes) LogRefused(mistake.Code, mistake);
            Refused?.Invoke(this, new ConfigurationRefusedEventArgs(problem));
        }
        return new ReloadOutcome.Refused(problem);
    }

    private Before BeforeThis() => new(_current.Service.Authority, [.. _current.Feeds]);

    private string Stamp() => ConfigurationFiles.Stamp(_origin.Path, _files);

    private void Look()
    {
        try
        {
            lock (_one)
            {
                var stamp = Stamp();
                var settled = stamp == _seenStamp;
                _seenStamp = stamp;
                if (settled && stamp != _readStamp) Reload(evenIfSame: false);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogLookFailed(e, _origin.Path); // a timer's exception would end the program, and the last good configuration still holds
        }
    }

    /// <summary>A full disk is no reason to refuse a valid configuration.</summary>
    private void Keep(LoadOutcome.Loaded valid)
    {
        try
        {
            _lastGood.Keep(valid);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(_lastGood.Path, e.Message);
        }
    }

    [LoggerMessage(1001, LogLevel.Information, "Configuration {Path} is in effect: {Sources} sources, {Recipients} recipients")]
    private partial void LogSwapped(string path, int sources, int recipients);

    [LoggerMessage(1002, LogLevel.Error, "Configuration refused, the last good one stays: {Code} {Mistake}")]
    private partial void LogRefused(string code, ConfigurationMistake mistake);

    [LoggerMessage(1006, LogLevel.Warning, "The last good configuration {LastGood} can't be read ({Reason}). A valid configuration takes its place; whether it ends feeds or changes ids is not checked this time")]
    private static partial void LogDamaged(ILogger log, string lastGood, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "Configuration {Path} can't be used; started with the last good one from {LastGood}")]
    private partial void LogStartedWithLastGood(string path, string lastGood);

    [LoggerMessage(1004, LogLevel.Warning, "The valid configuration could not be kept as {LastGood}: {Reason}. Make the data folder writable")]
    private partial void LogNotKept(string lastGood, string reason);

    [LoggerMessage(1005, LogLevel.Error, "Configuration {Path} could not be followed; the last good one stays. Run a reload")]
    private partial void LogLookFailed(Exception e, string path);
}
