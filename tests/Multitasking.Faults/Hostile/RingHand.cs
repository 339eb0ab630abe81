using System.Buffers.Binary;

namespace Multitasking.Faults.Hostile;

/// <summary>A hand in the memory of a pool's worker, which writes by the offsets of docs/protocol.md.</summary>
internal sealed unsafe class RingHand(byte* memory)
{
    internal const int Size = 4096 + (2 * RingSize), ControlSize = 4096, RingSize = 256 << 10;

    internal const int TasksRead = 0, TasksWritten = 64, AnswersRead = 256, AnswersWritten = 320, Slots = 512, StartedAt = 2560;

    // What wakes and sleeps: tasks' two, answers' two, and the time to look.
    internal static int[] Flags { get; } = [128, 192, 384, 448, 2624];

    internal ref long Position(int offset) => ref *(long*)(memory + offset);

    internal ref int Flag(int offset) => ref *(int*)(memory + offset);

    internal Span<byte> All => new(memory, Size);

    internal Span<byte> Answers => new(memory + ControlSize + RingSize, RingSize);

    /// <summary>Puts bytes behind those that were written, as an answer.</summary>
    internal void Answer(ReadOnlySpan<byte> bytes)
    {
        long tail = Volatile.Read(ref Position(AnswersWritten));
        for (int i = 0; i < bytes.Length; i++)
            Answers[(int)((tail + i) & (RingSize - 1))] = bytes[i];
        Volatile.Write(ref Position(AnswersWritten), tail + bytes.Length);
    }

    /// <summary>An answer in pieces, while the pool reads.</summary>
    internal void AnswerSlowly(ReadOnlySpan<byte> bytes, WorkerHandles handles)
    {
        while (bytes.Length > 0)
        {
            long room = RingSize - (Volatile.Read(ref Position(AnswersWritten)) - Volatile.Read(ref Position(AnswersRead)));
            if (room is <= 0 or > RingSize)
            {
                handles.Ring();
                Thread.Sleep(1);
                continue;
            }
            int count = (int)Math.Min(Math.Min(room, bytes.Length), 64 << 10);
            Answer(bytes[..count]);
            bytes = bytes[count..];
            handles.Ring();
        }
    }

    /// <summary>A result by its length, and the end of its task.</summary>
    internal static byte[] ResultAndEnd(ReadOnlySpan<byte> value) => [.. Tagged(0, value), .. End()];

    internal static byte[] Tagged(int tag, ReadOnlySpan<byte> value)
    {
        byte[] bytes = new byte[5 + value.Length];
        bytes[0] = (byte)tag;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), value.Length);
        value.CopyTo(bytes.AsSpan(5));
        return bytes;
    }

    internal static byte[] End()
    {
        byte[] bytes = new byte[13];
        bytes[0] = 3;
        return bytes;
    }
}
