using System.Globalization;
using System.Text.RegularExpressions;

namespace Kwid.Configuration.Binding;

/// <summary>Times in the configuration: <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>, whole seconds, never negative.</summary>
internal static partial class TimeSpanText
{
    /// <summary>What a mistake advises.</summary>
    public const string Cure = "write a time as hh:mm:ss or d.hh:mm:ss in double quotes, such as \"00:10:00\"";

    /// <summary>Also the schema's.</summary>
    public const string Pattern = "^([0-9]{1,4}[.])?([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$";

    /// <summary>False for anything but the two forms; stricter than .NET, which takes "10" for ten days.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        return Form().IsMatch(text) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out span);
    }

    /// <summary>As it would be written.</summary>
    public static string Format(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
