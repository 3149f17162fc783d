using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Tests.Simulation;

/// <summary>What all upstreams tell between two days, invented from <see cref="WeeklyVolumes"/>: the same at every run.</summary>
internal sealed class InventedWeeks
{
    private const int WidPerDay = 13;
    private const int WidAfterPatchDay = 45;        // measured: about 45 on the Wednesdays after
    private const int WidUpdatesPerDay = 96;
    private const double WidNewsPerDay = 1.5;       // updates that matter, by their summaries

    /// <summary>The summary of an update that makes its advisory urgent.</summary>
    public const string Exploitation = "Aktive Ausnutzung gemeldet";

    private static readonly string[] News = ["PoC aufgenommen", "CVE ergänzt", "Exploit aufgenommen", Exploitation];
    private static readonly string[] Distributors = ["Oracle Linux", "Red Hat", "SUSE", "Ubuntu", "Debian", "Amazon"];

    private readonly Dice _dice = new();
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<InventedAdvisory> _untold = [];
    private readonly List<InventedAdvisory> _wid = [];
    private int _cves;

    /// <summary>All of them, in the order of their appearance.</summary>
    public List<InventedAdvisory> Advisories { get; } = [];

    /// <summary>What catalogues list: source, CVE, when.</summary>
    public List<(string Source, string Cve, DateTimeOffset At)> Facts { get; } = [];

    public static InventedWeeks Between(DateOnly first, DateOnly last)
    {
        var weeks = new InventedWeeks();
        for (var day = first; day <= last; day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) weeks.Tell(day);
        weeks.Advisories.Sort((one, other) => one.At.CompareTo(other.At));
        return weeks;
    }

    public static bool IsPatchDay(DateOnly day) => day.DayOfWeek is DayOfWeek.Tuesday && day.Day is >= 8 and <= 14;

    private void Tell(DateOnly day)
    {
        var rows = WeeklyVolumes.Rows.Where(row => row.Repeats is null && row.Source != WeeklyVolumes.Wid).ToList();
        foreach (var row in rows.Where(row => !IsCatalogue(row)).OrderBy(row => row.Echo))
            for (var count = CountOf(row, day); count > 0; count--) Vendor(row, day);
        Wid(day);
        Update(day);
        foreach (var row in rows.Where(IsCatalogue))
            for (var count = CountOf(row, day); count > 0; count--) Facts.Add((row.Source, Listed(row, day), At(day, 12, 18)));
    }

    private static bool IsCatalogue(WeeklyVolume row) => row.Source.EndsWith("kev", StringComparison.Ordinal) || row.Source.StartsWith("euvd", StringComparison.Ordinal);

    private int CountOf(WeeklyVolume row, DateOnly day) => _dice.Round((row.PerWeek / 5 * (0.5 + _dice.Next())) + (IsPatchDay(day) ? row.OnPatchDay : 0));

    private void Vendor(WeeklyVolume row, DateOnly day)
    {
        var patch = IsPatchDay(day) && row.OnPatchDay > 0;
        var recent = _dice.Chance(row.Echo) ? _dice.One([.. Advisories.Where(each => each.Volume.Echo < 0.5 && each.At > At(day, 0, 0) - TimeSpan.FromDays(3))]) : null;
        var advisory = new InventedAdvisory(
            row, "", patch ? At(day, 16, 18) : At(day, 6, 17), _dice.Chance(row.Critical) ? Severity.Critical : row.Critical > 0 ? Severity.High : null,
            recent?.Cves ?? [.. Enumerable.Range(0, row.Source == WeeklyVolumes.Microsoft ? 1 : 1 + _dice.Below(3)).Select(_ => NextCve())])
        {
            IsExploited = row.Source == WeeklyVolumes.Microsoft && patch && _dice.Chance(4 / 120.0),
        };
        advisory = advisory with { Id = IdOf(row, advisory.Cves[0]) };
        Advisories.Add(advisory);
        if (advisory.IsExploited) Facts.Add(("cisa-kev", advisory.Cves[0], advisory.At));
        if (row.WidRefers > 0) _untold.Add(advisory);
    }

    /// <summary>WID tells the vendors' matters: what is critical first, the same day or the next; the rest are matters of its own.</summary>
    private void Wid(DateOnly day)
    {
        var row = WeeklyVolumes.Rows.Single(each => each.Source == WeeklyVolumes.Wid);
        var after = IsPatchDay(day.AddDays(-1));
        var told = _untold.Where(each => each.Volume.Source != WeeklyVolumes.Microsoft && _dice.Chance(each.Severity is Severity.Critical ? each.Volume.WidRefers : 0.3)).Where(_ => _dice.Chance(0.6)).ToList();
        _untold.RemoveAll(each => told.Contains(each) || each.At < At(day, 0, 0) - TimeSpan.FromDays(1));
        var bundles = new Queue<InventedAdvisory[]>(after ? Advisories.Where(each => each.Volume.Source == WeeklyVolumes.Microsoft && each.At > At(day, 0, 0) - TimeSpan.FromDays(1)).Chunk(10) : []);
        var count = Math.Max(after ? WidAfterPatchDay : _dice.Round(WidPerDay * (0.6 + (0.8 * _dice.Next()))), told.Count);
        for (var i = 0; i < count; i++)
        {
            var tells = i < told.Count ? [told[i]] : bundles.TryDequeue(out var bundle) ? bundle : [];
            var advisory = new InventedAdvisory(row, IdOf(row, ""), At(day, 8, 15), WidSeverity(), tells.Length > 0 ? [.. tells.SelectMany(each => each.Cves).Distinct()] : [NextCve(), NextCve()])
            {
                Names = tells.Length == 1 ? [tells[0].Page] : [.. tells.Where(_ => _dice.Chance(0.04)).Select(each => each.Page)],
            };
            _wid.Add(advisory);
            Advisories.Add(advisory);
        }
    }

    private Severity WidSeverity() => _dice.Next() switch { < 0.58 => Severity.Medium, < 0.91 => Severity.High, < 0.98 => Severity.Low, _ => Severity.Critical };

    private void Update(DateOnly day)
    {
        for (var i = 0; i < WidUpdatesPerDay; i++)
        {
            var at = At(day, 8, 15);
            var known = _wid[_dice.Below(_wid.Count)];
            if (known.At > at || (known.Updates.Count > 0 && known.Updates[^1].At >= at)) continue;
            known.Updates.Add((at, _dice.Chance(WidNewsPerDay / WidUpdatesPerDay) ? News[_dice.Below(News.Length)] : $"Neue Updates von {Distributors[_dice.Below(Distributors.Length)]} aufgenommen"));
        }
    }

    /// <summary>Three fifths of what KEV lists are CVEs of the year (measured), most of those some weeks old at most, half of them told by WID. What EUVD scores is mostly nobody's.</summary>
    private string Listed(WeeklyVolume row, DateOnly day)
    {
        var isScore = row.Source is "euvd-critical" or "euvd-last";
        if (_dice.Chance(row.Echo)) return _dice.One([.. Facts.Where(fact => fact.Source == "cisa-kev").TakeLast(10)]).Cve ?? NextCve();
        if (!_dice.Chance(isScore ? 0.2 : 0.5)) return NextCve();
        var recent = (_dice.Chance(0.5) ? _wid : Advisories).Where(each => each.At > At(day, 0, 0) - TimeSpan.FromDays(21)).ToList();
        return recent.Count == 0 ? NextCve() : _dice.One(recent[_dice.Below(recent.Count)].Cves)!;
    }

    private string IdOf(WeeklyVolume row, string cve)
    {
        _numbers[row.Source] = _numbers.GetValueOrDefault(row.Source) + 1;
        return row.Ids.Contains("{cve}", StringComparison.Ordinal) ? row.Ids.Replace("{cve}", cve, StringComparison.Ordinal) : string.Format(CultureInfo.InvariantCulture, row.Ids, _numbers[row.Source]);
    }

    private string NextCve() => $"CVE-2026-{++_cves + 100_000}";

    /// <summary>Some minute of these hours, UTC.</summary>
    private DateTimeOffset At(DateOnly day, int from, int to) => new DateTimeOffset(day, new TimeOnly(from, 0), TimeSpan.Zero).AddMinutes(to > from ? _dice.Below((to - from) * 60) : 0);

    /// <summary>Chance that is the same on every machine and runtime.</summary>
    private sealed class Dice
    {
        private int _throws;

        public double Next() => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"volume {_throws++}")))) / (uint.MaxValue + 1.0);

        public int Below(int bound) => (int)(Next() * bound);

        public bool Chance(double share) => share > 0 && Next() < share;

        public int Round(double value) => (int)(value + Next());

        public T? One<T>(IReadOnlyList<T> among) => among.Count == 0 ? default : among[Below(among.Count)];
    }
}
