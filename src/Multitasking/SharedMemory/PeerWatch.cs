using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.SharedMemory;

/// <summary>
/// Hears of the end of every process that shares an object with this one, by a pidfd each, and puts in order what it left behind. One thread, there while there are such processes; it sleeps
/// until one of them ends.
/// </summary>
internal static class PeerWatch
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<long, Peer> s_peers = [];
    private static SafeDescriptor? s_doorbell;

    // What a dead process left, and a stopped one kept from being put in order. The thread's own.
    private static readonly List<(long Stamp, Membership Membership)> s_unfinished = [];
    private const int RetryMilliseconds = 500;

    /// <summary>Watches all members there are.</summary>
    /// <returns>False when one of them is dead already.</returns>
    internal static bool TryCover(Membership membership)
    {
        bool allLive = true;
        foreach (long stamp in membership.Peers())
            lock (s_lock)
            {
                if (!s_peers.TryGetValue(stamp, out var peer))
                {
                    if (TryOpen(stamp) is not { } descriptor)
                    {
                        allLive = false;
                        continue;
                    }
                    try
                    {
                        // The thread looks when this lock is free.
                        WakeThread();
                    }
                    catch
                    {
                        descriptor.Dispose();
                        throw;
                    }
                    s_peers.Add(stamp, peer = new Peer(descriptor));
                }
                peer.Shared.Add(membership);
            }
        return allLive;
    }

    /// <summary>This process has let go of it.</summary>
    internal static void Forget(Membership membership)
    {
        lock (s_lock)
        {
            bool isAnyDone = false;
            foreach (var peer in s_peers.Values)
                isAnyDone |= peer.Shared.Remove(membership) && peer.Shared.Count == 0;
            // Their descriptors are closed by the thread: it may be polling them.
            if (isAnyDone)
                Ring();
        }
    }

    /// <returns>A descriptor for exactly this process; null when it has ended.</returns>
    private static SafeDescriptor? TryOpen(long stamp)
    {
        nint number = LibC.SystemCall(SYS_pidfd_open, ProcessStamp.IdOf(stamp), 0, 0, 0);
        if (number < 0)
            // The last two: a thread of another process has the number by now (ENOENT on newer kernels).
            return SystemError.Last is ESRCH or EINVAL or ENOENT ? null : throw SystemError.FromLast("pidfd_open (which needs Linux 5.3)");
        var descriptor = new SafeDescriptor((int)number);
        // The number may have been another's by then; now that the descriptor stands for somebody, what it stands for does not change.
        bool isThis = false;
        try
        {
            isThis = ProcessStamp.TryOf(ProcessStamp.IdOf(stamp)) == stamp;
        }
        finally
        {
            if (!isThis)
                descriptor.Dispose();
        }
        return isThis ? descriptor : null;
    }

    private static void WakeThread()
    {
        if (s_doorbell is not null)
        {
            Ring();
            return;
        }
        int number = LibC.EventDescriptor(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (number < 0)
            throw SystemError.FromLast("eventfd");
        s_doorbell = new SafeDescriptor(number);
        try
        {
            new Thread(Watch, 256 << 10) { Name = "Multitasking.PeerWatch", IsBackground = true }.UnsafeStart();
        }
        catch
        {
            s_doorbell.Dispose();
            s_doorbell = null;
            throw;
        }
    }

    private static unsafe void Ring()
    {
        ulong one = 1;
        // EAGAIN: it rings already.
        if (LibC.Write(s_doorbell!.Number, &one, sizeof(ulong)) < 0 && SystemError.Last != EAGAIN)
            throw SystemError.FromLast("write to an eventfd");
    }

    private static unsafe void Watch()
    {
        while (true)
        {
            (long Stamp, Peer Peer)[] peers;
            PollDescriptor[] polled;
            lock (s_lock)
            {
                foreach (long forgotten in s_peers.Where(static entry => entry.Value.Shared.Count == 0).Select(static entry => entry.Key).ToList())
                {
                    s_peers[forgotten].Descriptor.Dispose();
                    s_peers.Remove(forgotten);
                }
                if (s_peers.Count == 0 && s_unfinished.Count == 0)
                {
                    s_doorbell!.Dispose();
                    s_doorbell = null;
                    return;
                }
                ulong rings;
                _ = LibC.Read(s_doorbell!.Number, &rings, sizeof(ulong));
                peers = [.. s_peers.Select(static entry => (entry.Key, entry.Value))];
                polled = new PollDescriptor[1 + peers.Length];
                polled[0] = new PollDescriptor { Descriptor = s_doorbell.Number, Events = POLLIN };
                for (int i = 0; i < peers.Length; i++)
                    polled[1 + i] = new PollDescriptor { Descriptor = peers[i].Peer.Descriptor.Number, Events = POLLIN };
            }
            fixed (PollDescriptor* start = polled)
                if (LibC.Poll(start, (nuint)polled.Length, s_unfinished.Count > 0 ? RetryMilliseconds : -1) < 0)
                {
                    if (SystemError.Last is not (EINTR or ENOMEM))
                        throw SystemError.FromLast("poll");
                    continue;
                }
            var unfinished = s_unfinished.ToArray();
            s_unfinished.Clear();
            foreach (var (stamp, membership) in unfinished)
                Recover(stamp, membership);
            for (int i = 0; i < peers.Length; i++)
                if (polled[1 + i].Occurred != 0)
                    OnEnded(peers[i].Stamp, peers[i].Peer);
        }
    }

    private static void OnEnded(long stamp, Peer peer)
    {
        Membership[] shared;
        lock (s_lock)
        {
            s_peers.Remove(stamp);
            shared = [.. peer.Shared];
            peer.Descriptor.Dispose();
        }
        foreach (var membership in shared)
            Recover(stamp, membership);
    }

    private static void Recover(long stamp, Membership membership)
    {
        try
        {
            bool isDone = true;
            membership.TryUse(member => isDone = member.RecoverDead(stamp));
            if (!isDone)
                s_unfinished.Add((stamp, membership));
        }
        catch (InvalidDataException)
        {
            // Scribbled over; who uses it next is told.
        }
    }

    /// <summary>A process, and what it shares with this one.</summary>
    private sealed class Peer(SafeDescriptor descriptor)
    {
        internal SafeDescriptor Descriptor { get; } = descriptor;

        internal HashSet<Membership> Shared { get; } = [];
    }
}
