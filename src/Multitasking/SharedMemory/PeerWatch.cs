using System.Diagnostics;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.SharedMemory;

/// <summary>
/// Hears of the end of every process that shares an object with this one, by a pidfd each, and puts in order what it left behind. One
/// thread, there while there are such processes; it sleeps until one of them ends.
/// </summary>
internal static class PeerWatch
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<long, Peer> s_peers = [];
    private static SafeDescriptor? s_doorbell;

    // What a dead process left, and a stopped one kept from being put in order. The thread's own.
    private static readonly List<(long Stamp, Membership Membership)> s_unfinished = [];
    private const int RetryMilliseconds = 500;

    /// <summary>Watches all members there are, as far as there are descriptors and a thread for it.</summary>
    internal static PeerCoverage Cover(Membership membership)
    {
        var coverage = PeerCoverage.Whole;
        foreach (long stamp in membership.Peers())
            if (Cover(membership, stamp) is var one && one > coverage)
                coverage = one;
        return coverage;
    }

    /// <summary>This process has let go of it.</summary>
    internal static void Forget(Membership membership)
    {
        lock (s_lock)
        {
            bool isAnyDone = false;
            foreach (var peer in s_peers.Values)
                isAnyDone |= peer.Shared.Remove(membership) && peer.Shared.Count == 0;
            // Their descriptors are closed by the thread: it may be polling them. If it cannot be told, it does so when it looks next.
            if (isAnyDone)
                TryRing();
        }
    }

    private static PeerCoverage Cover(Membership membership, long stamp)
    {
        lock (s_lock)
        {
            if (!s_peers.TryGetValue(stamp, out var peer))
            {
                var coverage = Open(stamp, out var descriptor);
                if (descriptor is null)
                    return coverage;
                // The thread looks when this lock is free.
                if (!TryWakeThread())
                {
                    descriptor.Dispose();
                    return PeerCoverage.Blind;
                }
                s_peers.Add(stamp, peer = new Peer(descriptor));
            }
            peer.Shared.Add(membership);
            return PeerCoverage.Whole;
        }
    }

    /// <param name="stamp">A process.</param>
    /// <param name="descriptor">A descriptor for exactly this process; <see langword="null"/> when it has ended, or there is none to be
    /// had.</param>
    private static PeerCoverage Open(long stamp, out SafeDescriptor? descriptor)
    {
        descriptor = null;
        nint number = LibC.SystemCall(SYS_pidfd_open, ProcessStamp.IdOf(stamp), 0, 0, 0);
        if (number < 0)
            // The last two: a thread of another process has the number by now (ENOENT on newer kernels).
            return SystemError.Last is ESRCH or EINVAL or ENOENT ? PeerCoverage.SomeAreDead : PeerCoverage.Blind;
        var opened = new SafeDescriptor((int)number);
        var coverage = PeerCoverage.SomeAreDead;
        try
        {
            // The number may have been another's by then; now that the descriptor stands for somebody, what it stands for does not change.
            if (ProcessStamp.TryOf(ProcessStamp.IdOf(stamp)) == stamp)
            {
                descriptor = opened;
                return PeerCoverage.Whole;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            coverage = PeerCoverage.Blind;
        }
        opened.Dispose();
        return coverage;
    }

    private static bool TryWakeThread()
    {
        Debug.Assert(s_lock.IsHeldByCurrentThread);
        if (s_doorbell is not null)
            return TryRing();
        int number = LibC.EventDescriptor(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (number < 0)
            return false;
        s_doorbell = new SafeDescriptor(number);
        if (OwnThread.TryStart("Multitasking.PeerWatch", Watch))
            return true;
        s_doorbell.Dispose();
        s_doorbell = null;
        return false;
    }

    private static unsafe bool TryRing()
    {
        ulong one = 1;
        while (LibC.Write(s_doorbell!.Number, &one, sizeof(ulong)) < 0)
            if (SystemError.Last != EINTR)
                // Otherwise it rings already.
                return SystemError.Last == EAGAIN;
        return true;
    }

    private static void Watch()
    {
        // To have a thread takes the runtime a descriptor, so here there may still be some.
        LoadedAhead.Load();
        while (ListAll() is { } watched)
        {
            var polled = watched.Polled;
            Poll(polled, s_unfinished.Count > 0 ? RetryMilliseconds : -1);
            var unfinished = s_unfinished.ToArray();
            s_unfinished.Clear();
            foreach (var (stamp, membership) in unfinished)
                Recover(stamp, membership);
            for (int i = 0; i < watched.Peers.Count; i++)
                if (polled[1 + i].Occurred != 0)
                    OnEnded(watched.Peers[i].Stamp, watched.Peers[i].Peer);
        }
    }

    /// <summary>Whom to watch now. What nobody shares any more with this process is forgotten.</summary>
    /// <returns><see langword="null"/> when there is nobody; then the thread has to end.</returns>
    private static unsafe Watched? ListAll()
    {
        lock (s_lock)
        {
            var peers = new List<(long Stamp, Peer Peer)>(s_peers.Count);
            foreach (var (stamp, peer) in s_peers)
                peers.Add((stamp, peer));
            for (int i = peers.Count - 1; i >= 0; i--)
                if (peers[i].Peer.Shared.Count == 0)
                {
                    peers[i].Peer.Descriptor.Dispose();
                    s_peers.Remove(peers[i].Stamp);
                    peers.RemoveAt(i);
                }
            if (peers.Count == 0 && s_unfinished.Count == 0)
            {
                s_doorbell!.Dispose();
                s_doorbell = null;
                return null;
            }
            ulong rings;
            _ = LibC.Read(s_doorbell!.Number, &rings, sizeof(ulong));
            var polled = new PollDescriptor[1 + peers.Count];
            polled[0] = new PollDescriptor { Descriptor = s_doorbell.Number, Events = POLLIN };
            for (int i = 0; i < peers.Count; i++)
                polled[1 + i] = new PollDescriptor { Descriptor = peers[i].Peer.Descriptor.Number, Events = POLLIN };
            return new Watched(peers, polled);
        }
    }

    private static unsafe void Poll(PollDescriptor[] polled, int timeout)
    {
        fixed (PollDescriptor* start = polled)
        {
            if (LibC.Poll(start, (nuint)polled.Length, timeout) >= 0)
                return;
            int error = SystemError.Last;
            // Nothing is known of any: the system need not have written to them.
            foreach (ref var one in polled.AsSpan())
                one.Occurred = 0;
            if (error == EINTR)
                return;
            // Of memory there is none for a moment (ENOMEM), or of descriptors this process may have fewer now than it has open (EINVAL).
            // One by one they can be asked still.
            Thread.Sleep(Membership.BlindNap);
            for (int i = 0; i < polled.Length; i++)
                if (LibC.Poll(start + i, 1, 0) < 0)
                    polled[i].Occurred = 0;
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

    private sealed record Watched(List<(long Stamp, Peer Peer)> Peers, PollDescriptor[] Polled);

    /// <summary>A process, and what it shares with this one.</summary>
    private sealed class Peer(SafeDescriptor descriptor)
    {
        internal SafeDescriptor Descriptor { get; } = descriptor;

        internal HashSet<Membership> Shared { get; } = [];
    }
}
