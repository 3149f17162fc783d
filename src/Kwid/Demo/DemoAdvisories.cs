using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Demo;

/// <summary>
/// Invents advisories: 60 over the 30 days before the start, then a new one every 4 s and a change to a recent one every 6 s. What exists at an
/// instant depends on seed, start and that instant alone.
/// </summary>
/// <param name="seed">Another seed tells another story.</param>
/// <param name="start">When the demonstration begins.</param>
internal sealed class DemoAdvisories(int seed, DateTimeOffset start)
{
    private const int HistoryHours = 30 * 24;
    private const int Recent = 40;
    private readonly DateTimeOffset _start = new(start.UtcTicks - (start.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private enum Dice
    {
        Delay,
        Product,
        Effect,
        Attacker,
        Version,
        Severity,
        NoPatch,
        Cves,
        Target,
        Change,
    }

    /// <summary>Everything there is at the instant, in order of first publication.</summary>
    public IReadOnlyList<DemoAdvisory> At(DateTimeOffset now)
    {
        var told = new List<DemoAdvisory>();
        var step = 0;
        foreach (var (instant, isNew, isRevision) in Steps().TakeWhile(s => s.Instant <= now))
        {
            step++;
            if (isNew) told.Add(Invent(told.Count + 1, instant));
            if (!isRevision) continue;
            var target = Math.Max(0, told.Count - Recent) + Roll(Dice.Target, step, Math.Min(told.Count, Recent));
            told[target] = Revise(told[target], step, instant);
        }

        return told;
    }

    private IEnumerable<(DateTimeOffset Instant, bool IsNew, bool IsRevision)> Steps()
    {
        for (var hour = 0; hour < HistoryHours; hour += 6)
            yield return (_start.AddHours(hour - HistoryHours).AddMinutes(Roll(Dice.Delay, hour, 6 * 60)), hour % 12 == 0, hour % 30 == 0);

        for (var second = 2; ; second += 2)
        {
            if (second % 4 == 0 || second % 6 == 0)
                yield return (_start.AddSeconds(second), second % 4 == 0, second % 6 == 0);
        }
    }

    private DemoAdvisory Invent(int number, DateTimeOffset at) => new(
        number,
        at,
        at,
        Revision: 1,
        Pick(DemoVocabulary.Products, Dice.Product, number),
        Pick(DemoVocabulary.Effects, Dice.Effect, number),
        Pick(DemoVocabulary.Attackers, Dice.Attacker, number),
        new Version(1 + Roll(Dice.Version, number, 9), Roll(Dice.Version, -number, 13), 1 + (number % 7)),
        Roll(Dice.Severity, number, 100) switch { < 7 => Severity.Low, < 62 => Severity.Medium, < 95 => Severity.High, _ => Severity.Critical },
        NoPatch: Roll(Dice.NoPatch, number, 6) == 0,
        Exploited: false,
        [.. Enumerable.Range(0, 1 + Roll(Dice.Cves, number, 3)).Select(i => Cve(number, i))]);

    /// <summary>One change: worse, exploited, one more CVE, an update at last; most often nothing that matters, as in life.</summary>
    private DemoAdvisory Revise(DemoAdvisory advisory, int step, DateTimeOffset at)
    {
        var next = advisory with { Updated = at, Revision = advisory.Revision + 1 };
        return Roll(Dice.Change, step, 10) switch
        {
            0 or 1 when advisory.Severity < Severity.Critical => next with { Severity = advisory.Severity + 1 },
            2 => next with { Exploited = true },
            3 or 4 => next with { Cves = [.. advisory.Cves, Cve(advisory.Number, advisory.Cves.Count)] },
            5 or 6 or 7 when advisory.NoPatch => next with { NoPatch = false },
            _ => next,
        };
    }

    // 100 ids for each advisory, so that no two share one; after the hundredth the ids of the next are used, harmless in a demonstration.
    private static string Cve(int number, int index) => string.Create(CultureInfo.InvariantCulture, $"CVE-2099-{10_000 + (number * 100) + index}");

    private T Pick<T>(IReadOnlyList<T> from, Dice dice, int index) => from[Roll(dice, index, from.Count)];

    /// <summary>A number from 0 to <paramref name="sides"/> − 1, always the same for the same question (SplitMix64).</summary>
    private int Roll(Dice dice, int index, int sides)
    {
        unchecked
        {
            var z = ((ulong)(uint)seed << 40) ^ ((ulong)dice << 33) ^ (uint)index;
            z += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (uint)sides);
        }
    }
}
