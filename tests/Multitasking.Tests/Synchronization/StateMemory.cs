using System.Runtime.InteropServices;
using Multitasking.SharedMemory;

namespace Multitasking.Tests.Synchronization;

/// <summary>Memory as locks share it, without processes: a test plays all members, and their deaths.</summary>
internal sealed unsafe class StateMemory : IDisposable
{
    internal byte* Start { get; } = (byte*)NativeMemory.AllocZeroed(SegmentLayout.Size);

    /// <summary>Makes a process a member, one that will have been killed or one that will leave in order.</summary>
    internal void Join(int slot, int process, bool leavesInOrder)
    {
        *(long*)(Start + (slot * SegmentLayout.SlotSize)) = process;
        *(int*)(Start + (slot * SegmentLayout.SlotSize) + SegmentLayout.SlotRoles) = leavesInOrder ? 1 << 30 : 0;
    }

    /// <summary>Writes over a word of the state.</summary>
    internal void Scribble(int word, long value) => *(long*)(Start + SegmentLayout.State + (word * sizeof(long))) = value;

    public void Dispose() => NativeMemory.Free(Start);
}
