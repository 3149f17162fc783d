using System.Security.Cryptography;
using System.Text;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Compares a document with its hash file (CSAF §7.1.18): the sum in hexadecimal, then mostly the file's name.</summary>
internal static class HashFile
{
    private const int Longest = 4096;

    /// <summary>Whether the sum is the document's; null where the file holds no sum.</summary>
    /// <param name="file">Text of the file.</param>
    /// <param name="isSha512">Else SHA-256.</param>
    /// <param name="document">What it is about.</param>
    public static bool? Matches(ReadOnlySpan<byte> file, bool isSha512, ReadOnlySpan<byte> document)
    {
        if (file.Length > Longest) return null;
        var digits = isSha512 ? 128 : 64;
        // Some write "SHA512 (name) = sum": the sum is the one word of its length.
        var sum = Encoding.ASCII.GetString(file).Split([' ', '\t', '\r', '\n', '*', '='], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => word.Length == digits && word.All(char.IsAsciiHexDigit));
        if (sum is null) return null;
        return Convert.FromHexString(sum).AsSpan().SequenceEqual(isSha512 ? SHA512.HashData(document) : SHA256.HashData(document));
    }
}
