using System.Runtime.CompilerServices;

namespace Multitasking.Copying.Walking;

/// <summary>
/// A buffer of folder entries as the kernel wrote them. Names are used where they lie, so an entry costs no memory of its own.
/// The buffer does not move, and goes back to the pool when the last batch made of it is done.
/// </summary>
internal sealed unsafe class EntryBlock(EntryBlockPool pool)
{
    internal const int Size = 64 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    private int _users;

    /// <summary>The first byte; the array is pinned for its whole life.</summary>
    internal byte* Start => (byte*)Unsafe.AsPointer(ref _buffer[0]);

    /// <summary>How many bytes the kernel wrote.</summary>
    internal int Length { get; set; }

    internal void AddUser() => Interlocked.Increment(ref _users);

    internal void RemoveUser()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            pool.Return(this);
    }
}
