using System.Runtime.InteropServices;
using Multitasking.Interop;

namespace Multitasking.SharedMemory;

/// <summary>
/// Sleeps in place of asynchronous waiters, which must not block a thread each: one thread for as many places as the kernel lets it sleep at (127; 1 before Linux 5.16). It tells a waiter when
/// the sequence of its place has changed.
/// </summary>
internal sealed unsafe class AsyncWaits
{
    // FUTEX_WAITV_MAX, less the word by which the thread itself is woken.
    private const int MostTogether = 127;

    private static readonly Lock s_lock = new();
    private static readonly List<AsyncWaits> s_threads = [];
    private static bool s_canWaitForMany = true;

    private readonly List<Entry> _entries = [];
    private readonly int* _control = (int*)NativeMemory.AllocZeroed(sizeof(int));

    private AsyncWaits() => new Thread(Run, 256 << 10) { Name = "Multitasking.AsyncWaits", IsBackground = true }.UnsafeStart();

    /// <summary>Waits until the sequence of a place is another. The memory must stay mapped until the waiter has been removed.</summary>
    internal static Entry Add(WaitPoint point, int sequence)
    {
        var entry = new Entry(point, sequence);
        lock (s_lock)
        {
            var thread = s_threads.Find(static thread => thread._entries.Count < (s_canWaitForMany ? MostTogether : 1));
            if (thread is null)
                s_threads.Add(thread = new AsyncWaits());
            entry.Thread = thread;
            thread._entries.Add(entry);
            thread.Wake();
        }
        return entry;
    }

    private void Wake()
    {
        Interlocked.Increment(ref *_control);
        Futex.Wake(_control);
    }

    private void Run()
    {
        var waiters = new FutexWaiter[MostTogether + 1];
        while (true)
        {
            int count = 1;
            lock (s_lock)
            {
                waiters[0] = WaiterFor(_control, Volatile.Read(ref *_control));
                for (int i = _entries.Count - 1; i >= 0; i--)
                {
                    var entry = _entries[i];
                    if (entry.Point.Sequence == entry.Sequence)
                    {
                        waiters[count++] = WaiterFor(entry.Point.SequenceWord, entry.Sequence);
                        continue;
                    }
                    _entries.RemoveAt(i);
                    entry.Thread = null;
                    entry.Changed.TrySetResult();
                }
            }
            if (s_canWaitForMany && !Futex.TryWaitForAny(waiters.AsSpan(0, count)))
                s_canWaitForMany = false;
            if (!s_canWaitForMany)
                Futex.Wait((int*)waiters[count - 1].Address, (int)waiters[count - 1].Value, count > 2 ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromMilliseconds(100));
        }
    }

    private static FutexWaiter WaiterFor(int* word, int value) =>
        new() { Address = (ulong)word, Value = (uint)value, Flags = Constants.FUTEX_32 };

    /// <summary>One waiter.</summary>
    internal sealed class Entry(WaitPoint point, int sequence)
    {
        internal WaitPoint Point { get; } = point;

        internal int Sequence { get; } = sequence;

        internal AsyncWaits? Thread { get; set; }

        /// <summary>Completes, elsewhere than on the thread that sleeps, when the sequence has changed.</summary>
        internal TaskCompletionSource Changed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Waits no longer.</summary>
        internal void Remove()
        {
            lock (s_lock)
            {
                if (Thread is not { } thread)
                    return;
                thread._entries.Remove(this);
                Thread = null;
                thread.Wake();
            }
        }
    }
}
