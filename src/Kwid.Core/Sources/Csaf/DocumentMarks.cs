using System.Buffers.Binary;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Packs what is remembered of documents, 18 bytes each: 50,000 are 900 KB.</summary>
internal static class DocumentMarks
{
    private const int Size = 18;
    private const byte StateBits = 0b11;
    private const byte FailingBit = 0b100;
    private const byte PutOffBit = 0b1000;

    /// <summary>Packs them.</summary>
    public static byte[] Write(Dictionary<DocumentKey, DocumentMark> marks)
    {
        var bytes = new byte[marks.Count * Size];
        var rest = bytes.AsSpan();
        foreach (var (key, mark) in marks)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, key.Address);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[8..], mark.Updated);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[12..], mark.Due);
            rest[16] = key.Index;
            rest[17] = (byte)((byte)mark.State | (mark.IsFailing ? FailingBit : 0) | (mark.IsPutOff ? PutOffBit : 0) | mark.Tries << 4);
            rest = rest[Size..];
        }

        return bytes;
    }

    /// <summary>Unpacks them; null when they are not ours.</summary>
    /// <param name="bytes">As packed.</param>
    /// <param name="indexes">How many indexes there are.</param>
    public static Dictionary<DocumentKey, DocumentMark>? TryRead(ReadOnlySpan<byte> bytes, int indexes)
    {
        if (bytes.Length % Size != 0) return null;
        var marks = new Dictionary<DocumentKey, DocumentMark>(bytes.Length / Size);
        for (; bytes.Length > 0; bytes = bytes[Size..])
        {
            if (bytes[16] >= indexes) return null;
            var mark = new DocumentMark((DocumentState)(bytes[17] & StateBits), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]))
            {
                Due = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
                IsFailing = (bytes[17] & FailingBit) != 0,
                IsPutOff = (bytes[17] & PutOffBit) != 0,
                Tries = (byte)(bytes[17] >> 4),
            };
            marks[new DocumentKey(bytes[16], BinaryPrimitives.ReadUInt64LittleEndian(bytes))] = mark;
        }

        return marks;
    }
}
