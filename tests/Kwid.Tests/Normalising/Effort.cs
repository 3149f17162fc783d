using System.Globalization;

namespace Kwid.Tests.Normalising;

/// <summary>How long properties look for a counterexample: seconds in every build, <c>KWID_EFFORT=100</c> times as long when somebody asks.</summary>
internal static class Effort
{
    public static long Times(long usual) =>
        usual * (long.TryParse(Environment.GetEnvironmentVariable("KWID_EFFORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var effort) && effort > 0 ? effort : 1);
}
