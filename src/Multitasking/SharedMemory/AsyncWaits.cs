using System.Diagnostics;
using System.Runtime.InteropServices;
using Multitasking.Interop;

namespace Multitasking.SharedMemory;

/// <summary>
/// Sleeps in place of asynchronous waiters, which must not block a thread each: one thread for as many places as the kernel lets it sleep
/// at (127; 1 before Linux 5.16). It tells a waiter when the sequence of its place has changed.
/// </summary>
internal sealed unsafe class AsyncWaits
{
    // FUTEX_WAITV_MAX, less the word by which the thread itself is woken.
    private const int MostTogether = 127;

    private static readonly Lock s_lock = new();
    private static readonly List<AsyncWaits> s_threads = [];
    private static bool s_canWaitForMany = true;

    private readonly List<Entry> _entries = [];
    private readonly int* _control;

    private AsyncWaits(int* control) => _control = control;

    /// <summary>
    /// Waits until the sequence of a place is another. Called while the memory is mapped; it then stays so as long as needed.
    /// </summary>
    /// <returns><see langword="null"/> when there is no thread to sleep.</returns>
    internal static Entry? TryAdd(Membership membership, WaitPoint point, int sequence)
    {
        var entry = new Entry(membership, point, sequence);
        lock (s_lock)
        {
            var thread = s_threads.Find(static thread => thread._entries.Count < (s_canWaitForMany ? MostTogether : 1)) ?? TryStart();
            if (thread is null)
                return null;
            membership.Retain();
            entry.Thread = thread;
            thread._entries.Add(entry);
            thread.Wake();
        }
        return entry;
    }

    private static AsyncWaits? TryStart()
    {
        Debug.Assert(s_lock.IsHeldByCurrentThread);
        var waits = new AsyncWaits((int*)NativeMemory.AllocZeroed(sizeof(int)));
        if (!OwnThread.TryStart("Multitasking.AsyncWaits", waits.Run))
        {
            NativeMemory.Free(waits._control);
            return null;
        }
        s_threads.Add(waits);
        return waits;
    }

    private void Wake()
    {
        Interlocked.Increment(ref *_control);
        Futex.Wake(_control);
    }

    private void Run()
    {
        var waiters = new FutexWaiter[MostTogether + 1];
        var done = new List<Membership>();
        while (true)
        {
            int count = 1;
            lock (s_lock)
            {
                waiters[0] = WaiterFor(_control, Volatile.Read(ref *_control));
                for (int i = _entries.Count - 1; i >= 0; i--)
                {
                    var entry = _entries[i];
                    bool isSame = entry.Point.Sequence == entry.Sequence;
                    if (isSame && !entry.HasLeft)
                    {
                        waiters[count++] = WaiterFor(entry.Point.SequenceWord, entry.Sequence);
                        continue;
                    }
                    _entries.RemoveAt(i);
                    entry.Thread = null;
                    // This thread may have been woken in place of others, for one who does not care any more.
                    if (!isSame && entry.HasLeft)
                        entry.Point.Wake(1);
                    else
                        entry.Changed.TrySetResult();
                    done.Add(entry.Membership);
                }
            }
            // Outside the lock: with the last use this process may leave, which takes other locks.
            foreach (var membership in done)
                membership.Release();
            done.Clear();
            if (s_canWaitForMany && !Futex.TryWaitForAny(waiters.AsSpan(0, count)))
                s_canWaitForMany = false;
            if (!s_canWaitForMany)
                Futex.Wait((int*)waiters[count - 1].Address, (int)waiters[count - 1].Value, count > 2 ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromMilliseconds(100));
        }
    }

    private static FutexWaiter WaiterFor(int* word, int value) =>
        new() { Address = (ulong)word, Value = (uint)value, Flags = Constants.FUTEX_32 };

    /// <summary>One waiter.</summary>
    internal sealed class Entry(Membership membership, WaitPoint point, int sequence)
    {
        internal Membership Membership { get; } = membership;

        internal WaitPoint Point { get; } = point;

        internal int Sequence { get; } = sequence;

        internal AsyncWaits? Thread { get; set; }

        internal bool HasLeft { get; private set; }

        /// <summary>Completes, elsewhere than on the thread that sleeps, when the sequence has changed.</summary>
        internal TaskCompletionSource Changed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>
        /// Waits no longer. The thread strikes it off, for it alone can tell whether it still sleeps here and so may be woken in place of
        /// others.
        /// </summary>
        internal void Remove()
        {
            lock (s_lock)
            {
                if (Thread is not { } thread)
                    return;
                HasLeft = true;
                thread.Wake();
            }
        }
    }
}
