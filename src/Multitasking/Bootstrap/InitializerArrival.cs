using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>What an initializer refers to: shared memory, for the life of the worker.</summary>
internal sealed class InitializerArrival : Arrival
{
    private static readonly List<object> s_kept = [];

    private readonly InheritedDescriptors _descriptors = new();

    internal override CancellationToken Termination => CancellationToken.None;

    internal override CancellationToken Token(int number, bool isCancelled) =>
        throw ByteReader.Malformed("a cancellation token in an initializer");

    internal override object Progress(Type value, int number) => throw ByteReader.Malformed("an IProgress in an initializer");

    internal override SafeDescriptor? TakeDescriptor(int number, int sent) => _descriptors.Take(sent);

    internal override void Keep(object shared, SegmentLease lease, SharedSender sender) => s_kept.Add(shared);
}
