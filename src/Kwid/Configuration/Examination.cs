using System.Collections;
using Kwid.Configuration.Binding;
using Kwid.Configuration.Json;
using Kwid.Configuration.Keys;
using Kwid.Configuration.Options;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Configuration;

/// <summary>One run over all options: lets each check itself and shows it what else stands in the configuration.</summary>
internal sealed class Examination
{
    private static readonly TimeSpan LongestMust = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestNormal = TimeSpan.FromDays(7);
    private readonly Findings _findings;
    private readonly KwidOptions _options;
    private readonly string _folder;
    private readonly string? _urls;
    private readonly IReadOnlyList<RecipientOptions> _recipients;
    private readonly Lazy<IReadOnlyList<Recipient>> _roll;

    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="options">The main file.</param>
    /// <param name="recipients">Those of the main file and of all recipient files.</param>
    /// <param name="folder">Relative paths are relative to it.</param>
    /// <param name="urls">What to listen on by flag or environment; null for what the file says.</param>
    public Examination(Findings findings, KwidOptions options, IReadOnlyList<RecipientOptions> recipients, string folder, string? urls)
    {
        (_findings, _options, _recipients, _folder, _urls) = (findings, options, recipients, folder, urls);
        _roll = new Lazy<IReadOnlyList<Recipient>>(() => RecipientRoll.Resolve(_recipients, Table));
    }

    /// <summary>Official keys known by themselves.</summary>
    public OfficialKeys Table { get; } = OfficialKeys.Load();

    /// <summary>All recipients by key, without "alle".</summary>
    public IReadOnlyList<Recipient> Roll => _roll.Value;

    /// <summary>What will be listened on.</summary>
    public string Listen => _urls ?? _options.Service.Listen;

    /// <summary>How a mistake names it; null for the value as it stands in the file.</summary>
    public string? ListenAsFound => _urls is not null ? $"{Listen} (by --urls or KWID_URLS)" : _options.Service.Has("listen") ? null : $"the default {Listen}";

    /// <summary>For messages.</summary>
    public string ProfileNames => _options.Profiles.Count == 0 ? "(there are none)" : string.Join(", ", _options.Profiles.Keys);

    /// <summary>Checks the options and everything in them, recipients of further files included.</summary>
    public void Run()
    {
        RecipientRoll.CheckTwice(this, _recipients);
        foreach (var recipient in _recipients.Except(_options.Recipients)) recipient.Check(this);
        Visit(_options);
    }

    /// <summary>Reports a value, or with an empty key the object itself.</summary>
    /// <param name="where">Holds the value.</param>
    /// <param name="key">As in the file.</param>
    /// <param name="code">One of <see cref="Codes"/>.</param>
    /// <param name="cure">What to do.</param>
    /// <param name="found">What to say instead of the value as it stands in the file.</param>
    public void Mistake(OptionsObject where, string key, string code, string cure, string? found = null) =>
        Tell(_findings.Mistake, where, key, null, code, cure, found);

    /// <summary>Reports one item of a list.</summary>
    public void MistakeAt(OptionsObject where, string key, int index, string code, string cure) =>
        Tell(_findings.Mistake, where, key, index, code, cure, null);

    /// <summary>Reports one value of an object within.</summary>
    public void MistakeIn(OptionsObject where, string key, string member, string code, string cure, string found)
    {
        if (where.Written?.Find(key)?.Find(member) is { } node) _findings.Mistake(node.Place, node.Path, code, found, cure);
        else Mistake(where, key, code, cure, found);
    }

    /// <summary>Reports a value that has no effect, or a dangerous one.</summary>
    public void Warn(OptionsObject where, string key, string code, string cure, string? found = null) => Tell(_findings.Warn, where, key, null, code, cure, found);

    /// <summary>Checks a file of certificates by reading it; null is none.</summary>
    public void CheckPem(OptionsObject where, string key, string? file, string code, Action<string> read)
    {
        if (file is null) return;
        try
        {
            read(Resolve(file));
        }
        catch (PemFileException unusable)
        {
            Mistake(where, key, code, unusable.Cure, unusable.Finding);
        }
    }

    /// <summary>The path against the configuration's folder.</summary>
    public string Resolve(string path) => Path.GetFullPath(Path.Combine(_folder, path));

    /// <summary>Whether the profile exists; null when the profiles can't be read, so that nobody complains twice.</summary>
    public bool? HasProfile(string name)
    {
        if (_options.Written?.Find("profiles") is not { } profiles) return _options.Written is null ? null : false;
        return profiles.Kind == NodeKind.Object ? profiles.Find(name) is not null : null;
    }

    /// <summary>Whether the recipient exists; null while recipients have mistakes of their own, so that nobody complains twice.</summary>
    public bool? HasRecipient(string key)
    {
        if (Roll.Any(recipient => recipient.Key.ToString() == key)) return true;
        var main = _options.Written?.Place.File;
        var flawed = _findings.Mistakes.Any(mistake =>
            mistake.Code == Codes.Syntax || mistake.File != main || mistake.Path.StartsWith("recipient", StringComparison.Ordinal));
        return flawed ? null : false;
    }

    /// <summary>Whether the recipient was merged, and following its successors leads back to one of them.</summary>
    public bool IsCircle(string key) => RecipientRoll.Own(_recipients) is var own && own.GetValueOrDefault(key)?.Successor is not null && Successors.Find(key, own) is null;

    /// <summary>The name under which a profile stands.</summary>
    public string NameOf(ProfileOptions profile) => _options.Profiles.First(named => ReferenceEquals(named.Value, profile)).Key;

    /// <summary>The absolute address of a source; null when what is written is none.</summary>
    public Uri? FindAddress(SourceOptions source) => SourceAddress.TryParse(source.Url, _folder);

    /// <summary>Whether an enabled source of notices stands before this one.</summary>
    public bool IsSecondNotices(SourceOptions source) =>
        _options.Sources.FirstOrDefault(other => other is { Kind: SourceKind.Notices, Enabled: true }) is { } first && first != source && source.Enabled;

    /// <summary>
    /// Whether all enabled sources of the class (null: of all) are on this machine; with none of the class, all sources count. With no source at
    /// all: no.
    /// </summary>
    public bool IsLocalTraffic(SourceClass? only)
    {
        var asked = _options.Sources.Where(source => source.Enabled).ToArray();
        var concerned = asked.Where(source => only is null || (source.Class == only && source.Interval is null)).ToArray();
        if (concerned.Length == 0) concerned = asked;
        return concerned.Length > 0 && concerned.All(IsLocal);
    }

    /// <summary>Intervals of a class: short ones are for test set-ups, which ask nobody but this machine.</summary>
    public void CheckInterval(OptionsObject where, TimeSpan interval, SourceClass of, TimeSpan floor) =>
        CheckInterval(where, interval, floor, of == SourceClass.Must ? LongestMust : LongestNormal, IsLocalTraffic(of));

    /// <summary>The interval of one source.</summary>
    public void CheckInterval(SourceOptions source, TimeSpan interval, TimeSpan floor) =>
        CheckInterval(source, interval, floor, LongestNormal, IsLocal(source));

    /// <summary>The cron expression of one source.</summary>
    public void CheckCron(SourceOptions source, string cron, TimeSpan floor)
    {
        if (CronCheck.FindCure(cron, IsLocal(source) ? TimeSpan.Zero : floor) is { } cure) Mistake(source, "cron", Codes.Cron, cure);
    }

    private void CheckInterval(OptionsObject where, TimeSpan interval, TimeSpan floor, TimeSpan ceiling, bool local)
    {
        var least = local ? TimeSpan.FromSeconds(1) : floor;
        var reason = local ? "" : ": other people's servers are asked";
        if (interval < least) Mistake(where, "interval", Codes.IntervalTooShort, $"write {TimeSpanText.Format(least)} or more{reason}");
        if (interval > ceiling) Mistake(where, "interval", Codes.OutOfRange, $"write {TimeSpanText.Format(ceiling)} or less");
    }

    private bool IsLocal(SourceOptions source) => FindAddress(source) is { } address && (address.IsFile || address.IsLoopback);

    private void Visit(OptionsObject options)
    {
        options.Check(this);
        foreach (var key in OptionKey.Of(options.GetType()))
            foreach (var child in Children(key.Property.GetValue(options)))
                Visit(child);
    }

    private static IEnumerable<OptionsObject> Children(object? value) => value switch
    {
        OptionsObject one => [one],
        IDictionary map => map.Values.OfType<OptionsObject>(),
        string or null => [],
        IEnumerable many => many.OfType<OptionsObject>(),
        _ => [],
    };

    /// <summary>Place: the value, else the object that lacks it, else the file.</summary>
    private void Tell(Action<Place, string, string, string, string> tell, OptionsObject where, string key, int? index, string code, string cure, string? found)
    {
        var holder = where.Written ?? _options.Written;
        if (holder is null) return; // nothing was read, which has been reported
        var value = key.Length == 0 ? null : where.Written?.Find(key);
        if (index is { } i && value?.Items is { } items && i < items.Count) value = items[i];
        var path = value?.Path ?? (key.Length == 0 ? holder.Path : Node.Join(holder.Path, key));
        tell((value ?? holder).Place, path, code, found ?? (value ?? holder).Describe(), cure);
    }
}
