using System.Globalization;
using System.Text.RegularExpressions;

namespace Kwid.Core.Normalising;

/// <summary>Offsets of the time zones that feeds name, as hours and minutes or by letters.</summary>
internal static partial class FeedZones
{
    /// <summary>Hours to UTC. Two-letter American names mean winter time.</summary>
    private static readonly Dictionary<string, double> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["WET"] = 0,
        ["Etc/GMT"] = 0,
        ["Etc/UTC"] = 0,
        ["CET"] = 1,
        ["MEZ"] = 1,
        ["MET"] = 1,
        ["BST"] = 1,
        ["WEST"] = 1,
        ["IST"] = 5.5,
        ["CEST"] = 2,
        ["MESZ"] = 2,
        ["MEST"] = 2,
        ["EET"] = 2,
        ["EEST"] = 3,
        ["MSK"] = 3,
        ["AT"] = -4,
        ["AST"] = -4,
        ["ADT"] = -3,
        ["ET"] = -5,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CT"] = -6,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MT"] = -7,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PT"] = -8,
        ["PST"] = -8,
        ["PDT"] = -7,
        ["AKST"] = -9,
        ["AKDT"] = -8,
        ["HST"] = -10,
        ["JST"] = 9,
        ["KST"] = 9,
        ["AEST"] = 10,
        ["AEDT"] = 11,
    };

    /// <summary>The offset; zero for none and for letters nobody defined (RFC 5322 §4.3); null for an impossible one.</summary>
    public static TimeSpan? Find(string zone)
    {
        if (zone.Length == 0) return TimeSpan.Zero;
        if (Names.TryGetValue(zone, out var hours)) return TimeSpan.FromHours(hours);
        var match = Offset().Match(zone);
        if (!match.Success) return TimeSpan.Zero;
        var minutes = match.Groups["minutes"].Success ? int.Parse(match.Groups["minutes"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var offset = new TimeSpan(int.Parse(match.Groups["hours"].ValueSpan, CultureInfo.InvariantCulture), minutes, 0);
        if (minutes > 59 || offset > TimeSpan.FromHours(14)) return null;
        return match.Groups["sign"].Value == "+" ? offset : -offset;
    }

    [GeneratedRegex(@"(?<sign>[+\-\u2212])(?<hours>[0-9]{1,2}):?(?<minutes>[0-9]{2})?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Offset();
}
