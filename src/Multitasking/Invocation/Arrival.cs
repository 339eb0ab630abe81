using Multitasking.Interop;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Turns what crossed by reference into what stands for it on this side.</summary>
internal abstract class Arrival
{
    /// <summary>For messages in which nothing crosses by reference: answers.</summary>
    internal static Arrival Nothing { get; } = new Refusal();

    /// <summary>What the end of the worker, or of its present task, triggers.</summary>
    internal abstract CancellationToken Termination { get; }

    /// <summary>Tells whether the target may report progress, from any thread.</summary>
    internal virtual bool HasReports => false;

    /// <summary>Waits until this side has heard of all that was cancelled on the other one by now.</summary>
    internal virtual void HearCancellations()
    {
    }

    internal abstract CancellationToken Token(int number, bool isCancelled);

    internal abstract object Progress(Type value, int number);

    /// <summary>A descriptor that came with the message.</summary>
    /// <param name="number">Its number in the message, from 1.</param>
    /// <param name="sent">The number it had in the sender.</param>
    /// <returns><see langword="null"/> for one that was taken already: its memory is open.</returns>
    internal abstract SafeDescriptor? TakeDescriptor(int number, int sent);

    /// <summary>Keeps what has arrived for as long as the target may use what it gave out.</summary>
    /// <param name="shared">The object.</param>
    /// <param name="lease">Its share in the memory.</param>
    /// <param name="sender">Who sent it.</param>
    internal virtual void Keep(object shared, SegmentLease lease, SharedSender sender)
    {
    }

    private sealed class Refusal : Arrival
    {
        internal override CancellationToken Termination => CancellationToken.None;

        internal override CancellationToken Token(int number, bool isCancelled) =>
            throw ByteReader.Malformed("a cancellation token in an answer");

        internal override object Progress(Type value, int number) => throw ByteReader.Malformed("an IProgress in an answer");

        internal override SafeDescriptor? TakeDescriptor(int number, int sent) => throw ByteReader.Malformed("shared memory in an answer");
    }
}
