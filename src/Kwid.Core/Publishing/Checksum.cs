using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Kwid.Core.Publishing;

/// <summary>Tells bytes that a disk has changed: the first four of SHA-256, which needs no package and is fast enough.</summary>
internal static class Checksum
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
