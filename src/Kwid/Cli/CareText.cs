using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kwid.Core.Care;

namespace Kwid.Cli;

/// <summary>What backup, restore, copy and verify say, for people and for scripts.</summary>
internal static class CareText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For scripts.</summary>
    public static string Json(object answer) => JsonSerializer.Serialize(answer, Options);

    /// <summary>Which edition something ends with.</summary>
    public static string Edition(int number, DateTimeOffset? instant) => number == 0 ? "no edition yet" : Text($"edition {number}{(instant is { } at ? Text($" of {at:u}") : "")}");

    /// <summary>How many of which kind, in one line.</summary>
    public static string Counts(IEnumerable<KindTally> kinds) => string.Join(", ", kinds.Where(kind => kind.Count > 0).Select(kind => Text($"{kind.Kind} {kind.Count:N0}")).DefaultIfEmpty("nothing"));

    /// <summary>A size as people read it.</summary>
    public static string Size(long bytes) => bytes < 1 << 20 ? Text($"{(bytes + 1023) >> 10} KB") : Text($"{bytes / (double)(1 << 20):F1} MB");

    /// <summary>What went in and what came out, a line a kind.</summary>
    public static IEnumerable<string> Table(IEnumerable<CopiedKind> kinds)
    {
        yield return Text($"{"kind",-12}{"from",12}{"to",12}");
        foreach (var kind in kinds) yield return Text($"{kind.Kind,-12}{kind.From,12:N0}{kind.To,12:N0}  {(kind.IsEqual ? "equal" : kind.From == kind.To ? "DIFFERS: other hash" : "DIFFERS")}");
    }

    /// <summary>What a check came to.</summary>
    public static IEnumerable<string> Lines(Verdict verdict)
    {
        foreach (var finding in verdict.Findings) yield return $"{finding.Where}: {finding.What}. {finding.Cure}";
        if (verdict.Found > verdict.Findings.Count) yield return Text($"… and {verdict.Found - verdict.Findings.Count:N0} more of this kind.");
        yield return verdict.IsWell
            ? Text($"All is well: {Counts(verdict.Kinds)}; {verdict.Texts:N0} texts on the shelf.")
            : Text($"{verdict.Found:N0} found among {Counts(verdict.Kinds)}; {verdict.Texts:N0} texts on the shelf.");
    }

    /// <summary>Prints a check and says how the verb ends.</summary>
    public static int Print(Verdict verdict, bool json)
    {
        if (json) Console.Out.WriteLine(Json(verdict));
        else foreach (var line in Lines(verdict)) Console.Out.WriteLine(line);
        return verdict.IsWell ? ExitCode.Ok : ExitCode.No;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
