using Multitasking.Interop;

namespace Multitasking.Bootstrap;

/// <summary>Descriptors that this process was started with, under the numbers they had in its parent.</summary>
internal sealed class InheritedDescriptors
{
    private readonly HashSet<int> _taken = [];

    /// <summary>Takes one, once: it is this process' own from then on, and closed to programs that it starts.</summary>
    internal SafeDescriptor? Take(int number)
    {
        if (!_taken.Add(number))
            return null;
        var descriptor = new SafeDescriptor(number);
        descriptor.CloseToOthers();
        return descriptor;
    }
}
