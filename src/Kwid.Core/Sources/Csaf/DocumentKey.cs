using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Names a document of an index.</summary>
/// <param name="Index">Number of the index.</param>
/// <param name="Address">The first 64 bits of its address's SHA-256: half a million documents collide with a chance of 1 to 10^8.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DocumentKey(byte Index, ulong Address)
{
    /// <summary>What stands for an address.</summary>
    public static ulong HashOf(Uri address)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
