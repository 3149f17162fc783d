using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Kwid.Core.Access;

/// <summary>The secret part of a capability's address: <c>kwt_</c> and 192 random bits. Only its hash is ever kept.</summary>
public static partial class CapabilityToken
{
    private const string Prefix = "kwt_";
    private const int Bytes = 24;

    /// <summary>A new one.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)).Replace('+', '-').Replace('/', '_');

    /// <summary>Whether it begins like one, right or wrong.</summary>
    public static bool IsMeant(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>SHA-256 of what looks like a token, hexadecimal; null for anything else.</summary>
    public static string? HashOf(string text) => Shape().IsMatch(text) ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text))) : null;

    [GeneratedRegex("^kwt_[A-Za-z0-9_-]{32}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
