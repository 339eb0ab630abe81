using System.Diagnostics;
using Multitasking.Readers;
using Multitasking.SharedMemory;

namespace Multitasking.Objects;

/// <summary>
/// Sees to it that a call which does not come to the end of its reading holds up its own client alone. Requests are taken, and calls
/// read, by one thread, which costs least; when it has not come to the end of a call's reading after a moment, another goes on in its
/// place. What the client of that call sends meanwhile waits behind it, so that its calls stay in their order.
/// </summary>
/// <param name="goOn">Takes requests under a number, for as long as <see cref="IsServing"/>.</param>
internal sealed class ReadingGuard(Action<int> goOn)
{
    /// <summary>How much one client may send while its call is read.</summary>
    private const long MostHeldBack = 64 << 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private int _serving;
    private HomeClient? _readFor;
    private int _readings;
    private bool _isWatched;
    private bool _isAsleep;

    /// <summary>Tells whether the thread with this number takes requests. The first has 0.</summary>
    internal bool IsServing(int server) => Volatile.Read(ref _serving) == server;

    /// <summary>The thread begins to read a call.</summary>
    internal void Begin(int server, HomeClient client)
    {
        lock (_gate)
        {
            // Another serves already, and this one reads for a client that holds up nobody.
            if (server != _serving)
                return;
            _readFor = client;
            _readings++;
            if (_isAsleep)
                Monitor.PulseAll(_gate);
            // Without a thread, the bounds of reading alone hold (ReadingClock).
            else if (!_isWatched)
                _isWatched = OwnThread.TryStart("Multitasking.Guard", Watch);
        }
    }

    /// <summary>The thread has read the call.</summary>
    /// <returns>Whether it still is the one that takes requests.</returns>
    internal bool End(int server)
    {
        lock (_gate)
        {
            if (server != _serving)
                return false;
            _readFor = null;
            return true;
        }
    }

    /// <summary>Has a request wait where an earlier one of the same client is still read.</summary>
    internal bool TryHoldBack(HomeClient client, RingMessage request)
    {
        if (!client.IsBehind)
            return false;
        lock (_gate)
        {
            while (client.IsBehind && client.HeldBackBytes > MostHeldBack)
                Monitor.Wait(_gate);
            if (!client.IsBehind)
                return false;
            client.HoldBack(request);
            return true;
        }
    }

    /// <summary>The next request that waits behind the one that was read; with the last of them its client is like others again.</summary>
    internal RingMessage? Next(HomeClient client)
    {
        lock (_gate)
        {
            var next = client.TakeHeldBack();
            client.IsBehind = next is not null;
            Monitor.PulseAll(_gate);
            return next;
        }
    }

    private void Watch()
    {
        lock (_gate)
            for (int seen = -1; ;)
            {
                while (_readFor is null && _readings == seen)
                {
                    _isAsleep = true;
                    Monitor.Wait(_gate);
                    _isAsleep = false;
                }
                seen = _readings;
                Rest();
                if (_readFor is not null && _readings == seen)
                    Replace();
            }
    }

    /// <summary>Lets a moment pass, though others may be woken in it.</summary>
    private void Rest()
    {
        long begun = Stopwatch.GetTimestamp();
        while (s_patience - Stopwatch.GetElapsedTime(begun) is var left && left > TimeSpan.Zero)
            Monitor.Wait(_gate, left);
    }

    private void Replace()
    {
        Debug.Assert(Monitor.IsEntered(_gate));
        _readFor!.IsBehind = true;
        _readFor = null;
        ReaderThreads.Run(new Substitute(goOn, ++_serving));
    }

    private sealed class Substitute(Action<int> goOn, int server) : IThreadPoolWorkItem
    {
        public void Execute() => goOn(server);
    }
}
