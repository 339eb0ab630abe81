using System.Buffers.Binary;

namespace Multitasking.Tests.Messaging;

/// <summary>Bytes that show whether they are one whole message.</summary>
internal static class CheckedMessage
{
    private const int HeadSize = 16;

    internal static byte[] Make(int writer, int number, int length)
    {
        byte[] bytes = new byte[HeadSize + length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(0), writer);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), length);
        bytes.AsSpan(HeadSize).Fill((byte)(number + writer));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), writer ^ number ^ length);
        return bytes;
    }

    internal static bool TryRead(byte[] bytes, out int writer, out int number)
    {
        writer = number = 0;
        if (bytes.Length < HeadSize)
            return false;
        writer = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(0));
        number = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        return length == bytes.Length - HeadSize
            && (writer ^ number ^ length) == BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12))
            && !bytes.AsSpan(HeadSize).ContainsAnyExcept((byte)(number + writer));
    }
}
