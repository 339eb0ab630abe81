using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Planning;

/// <summary>
/// Eight characters that tell which process a temporary name belongs to: its id, the low bits of its start time, and those of where ids mean what they mean here. A name
/// whose process is gone was left by a run that was killed, and may be taken over or removed.
/// </summary>
internal static class RunToken
{
    internal const int Length = 8;

    private const int SpaceBits = 9;
    private const int StartBits = 9;
    private const int IdShift = StartBits + SpaceBits;
    private const long StartMask = (1 << StartBits) - 1;
    private const long SpaceMask = (1 << SpaceBits) - 1;

    private static ReadOnlySpan<byte> Alphabet => "0123456789abcdefghjkmnpqrstvwxyz"u8;

    internal static byte[] Encode(int processId, long startTime)
    {
        long value = ((long)processId << IdShift) | ((startTime & StartMask) << SpaceBits) | (ProcessSpace.Tag & SpaceMask);
        var token = new byte[Length];
        for (int i = Length - 1; i >= 0; i--, value >>= 5)
            token[i] = Digit((int)value);
        return token;
    }

    internal static int ProcessIdOf(ReadOnlySpan<byte> token) => (int)(Decode(token) >> IdShift);

    /// <summary>Whether the token was made for a process that started at this time.</summary>
    internal static bool StartedAt(ReadOnlySpan<byte> token, long startTime) => ((Decode(token) >> SpaceBits) & StartMask) == (startTime & StartMask);

    /// <summary>Whether its process id means here what it meant there; not in another container, on another machine, or before the machine was started anew.</summary>
    internal static bool IsOfThisSpace(ReadOnlySpan<byte> token) => (Decode(token) & SpaceMask) == (ProcessSpace.Tag & SpaceMask);

    internal static bool IsDigit(byte character) => Alphabet.Contains(character);

    internal static byte Digit(int value) => Alphabet[value & 31];

    private static long Decode(ReadOnlySpan<byte> token)
    {
        long value = 0;
        foreach (byte character in token)
            value = (value << 5) | (uint)Alphabet.IndexOf(character);
        return value;
    }
}
