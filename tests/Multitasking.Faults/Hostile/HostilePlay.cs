namespace Multitasking.Faults.Hostile;

/// <summary>What a move has in hand.</summary>
internal sealed unsafe class HostilePlay(WorkerHandles handles, Random random)
{
    internal WorkerHandles Handles => handles;

    internal Random Random => random;

    /// <summary>Whether this process is a pool's worker, which has rings.</summary>
    internal bool HasRings => handles.Memory is not null;

    internal RingHand Ring { get; } = new(handles.Memory);

    internal byte[] Noise(int most)
    {
        byte[] bytes = new byte[random.Next(1, most)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A frame of the link.</summary>
    internal static byte[] Frame(int kind, ReadOnlySpan<byte> payload) => new Wire().Int(payload.Length).Byte(kind).Block(payload).ToArray();

    internal byte[] AnyValue() => HostileValues.All[random.Next(HostileValues.All.Count)].Make(random);

    internal byte[] AnyFailure()
    {
        var makers = random.Next(2) == 0 ? HostileValues.All : HostileValues.Exceptions;
        return HostileValues.Failure(random, makers[random.Next(makers.Count)].Make(random));
    }

    /// <summary>A value as it is, or with a few bits turned.</summary>
    internal byte[] Damaged(byte[] bytes)
    {
        for (int i = random.Next(4); i > 0 && bytes.Length > 0; i--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }
}
