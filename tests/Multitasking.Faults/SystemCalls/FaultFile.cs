using System.Buffers.Binary;
using System.Text;

namespace Multitasking.Faults.SystemCalls;

/// <summary>The file by which a program's processes are told what fails, and in which they count their calls: <c>struct plan</c> of shim.c.</summary>
internal static class FaultFile
{
    private const int Size = 64 << 10, CallLength = 48, EntriesOffset = 96, EntrySize = 56;

    // Offsets of the numbers.
    private const int Side = 0, Error = 8, At = 12, Times = 16, Hits = 24, NameCount = 28, Call = 32;

    /// <summary>Makes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="fault">What fails; null to count alone.</param>
    internal static void Write(string path, Fault? fault)
    {
        byte[] bytes = new byte[Size];
        if (fault is not null)
        {
            Put(bytes, Side, (int)fault.Side);
            Put(bytes, Error, FaultErrors.Number(fault.Error));
            Put(bytes, At, fault.At);
            Put(bytes, Times, fault.Lasts ? int.MaxValue : 1);
            Encoding.ASCII.GetBytes(fault.Call, bytes.AsSpan(Call, CallLength - 1));
        }
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Reads how often the fault came, and how often each call was made on each side.</summary>
    internal static (int Hits, Dictionary<(FaultSide Side, string Call), int> Counts, List<string> Calls) Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        var counts = new Dictionary<(FaultSide, string), int>();
        var calls = new List<string>();
        for (int i = 0; i < Get(bytes, NameCount); i++)
        {
            int at = EntriesOffset + (i * EntrySize);
            string name = Encoding.ASCII.GetString(bytes, at, CallLength).TrimEnd('\0');
            calls.Add(name);
            foreach (var side in Enum.GetValues<FaultSide>())
                if (Get(bytes, at + CallLength + (sizeof(int) * (int)side)) is var count and > 0)
                    counts.Add((side, name), count);
        }
        return (Get(bytes, Hits), counts, calls);
    }

    private static void Put(byte[] bytes, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), value);

    private static int Get(byte[] bytes, int offset) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));
}
