using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>
/// The captured variables of maps under way, as bytes: each chunk reads them anew, so that none sees what another has changed.
/// </summary>
/// <param name="types">The types that they refer to.</param>
internal sealed class KeptCaptures(KnownTypes types)
{
    // Less is left to the garbage collector, which takes milliseconds to give anything back.
    private const int Much = 16 << 20;

    private readonly Dictionary<int, byte[]> _kept = [];
    private readonly CallReader _reader = new(new ByteReader());

    /// <summary>Tells whether much was dropped that the system has not got back yet.</summary>
    internal bool HasDroppedMuch { get; private set; }

    /// <summary>Takes note of a number and bytes.</summary>
    internal void Keep(ByteReader message)
    {
        int number = message.ReadNumber();
        byte[] bytes = GC.AllocateUninitializedArray<byte>(message.Left);
        message.ReadInto(bytes);
        _kept[number] = bytes;
    }

    /// <summary>The map that a number belongs to has ended.</summary>
    internal void Drop(int number)
    {
        if (_kept.Remove(number, out byte[]? bytes))
            HasDroppedMuch |= bytes.Length >= Much;
    }

    /// <summary>
    /// Gives memory back to the system. For a worker that is idle: any other mode of collection keeps the memory for the next one.
    /// </summary>
    internal void GiveBack()
    {
        HasDroppedMuch = false;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Reads a target with the variables that it captured.</summary>
    /// <param name="target">The target.</param>
    /// <param name="number">The number of what was kept.</param>
    /// <param name="arrival">What it refers to on the other side.</param>
    /// <param name="sent">Takes the types of what was kept.</param>
    internal Delegate Read(KnownTarget target, int number, Arrival arrival, SentTypes sent)
    {
        if (!_kept.TryGetValue(number, out byte[]? bytes))
            throw ByteReader.Malformed($"captured variables of number {number}, which were not sent");
        _reader.Bytes.Reset(bytes);
        _reader.Begin(types, arrival);
        try
        {
            var call = target.Read(_reader);
            for (int i = 0; i < _reader.Sent.Count; i++)
                sent.Note(_reader.Sent[i]);
            return call;
        }
        finally
        {
            _reader.End();
            _reader.Bytes.Reset(default);
        }
    }
}
