using System.Text.RegularExpressions;

namespace Kwid.Configuration.Json;

/// <summary>Finds passwords that stand in clear: the login of an address, the password of a connection string.</summary>
internal static partial class ClearSecret
{
    /// <summary>Whether a password stands in the text itself instead of by reference.</summary>
    public static bool IsIn(string written) => Find(written) is not null;

    /// <summary>The text with such a password as <c>***</c>.</summary>
    public static string Mask(string written)
    {
        while (Find(written) is { } secret)
            written = string.Concat(written.AsSpan(0, secret.Index), "***", written.AsSpan(secret.Index + secret.Length));
        return written;
    }

    private static Group? Find(string written) =>
        Login().Matches(written).Concat(Password().Matches(written))
            .Select(match => match.Groups["secret"])
            .FirstOrDefault(secret => secret.Length > 0 && secret.Value != "***" && !secret.Value.StartsWith("${", StringComparison.Ordinal));

    [GeneratedRegex(@"://[^/@\s:]*:(?![0-9]{1,5}[/?#])(?<secret>\S+)@", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Login();

    [GeneratedRegex(
        @"(?:password|passwd|pwd)\s*=\s*(?<secret>[^;\s]+)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Password();
}
