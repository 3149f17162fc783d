using System.Security.Cryptography;
using System.Text;

namespace Kwid.Configuration;

/// <summary>The operator's secret, kept as a hash alone: it can be compared, not shown.</summary>
internal sealed class OperatorToken(string token)
{
    private readonly byte[] _hash = Hash(token);

    /// <summary>Whether it is the secret; takes as long for a wrong one as for the right one.</summary>
    public bool Matches(string presented) => CryptographicOperations.FixedTimeEquals(_hash, Hash(presented));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
