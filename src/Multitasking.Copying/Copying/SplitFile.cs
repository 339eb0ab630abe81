using System.Diagnostics;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>
/// Copies a very large file with several threads, if that is faster. It begins with one, tries one more on the next piece of the file, and keeps it if the two copy a good tenth more. Storage with much
/// latency gains that way; a local file system, which lets one writer at a time into a file, does not, and is not asked again: what was learned holds for the two devices.
/// </summary>
internal sealed class SplitFile(int source, int target, long size, CopierTools tools, CopyRoute route)
{
    /// <summary>From where on there is enough of a file left to try it, and then to gain from it.</summary>
    internal const long MinSize = 512 * 1024 * 1024;

    private const int MostStreams = 8;
    private const double WorthIt = 1.12;
    private const long Chunk = 16 * 1024 * 1024;
    private const long Trial = 8 * Chunk;

    private readonly Lock _lock = new();
    private readonly List<ChildThread> _helpers = [];
    private long _next;
    private long _copied;
    private int _streams = Math.Max(1, route.Streams);
    private Fault _fault;
    private double _rateBefore;
    private long _trialStart;
    private long _trialCopied;

    /// <summary>Copies everything.</summary>
    /// <exception cref="OperationCanceledException">The run ends.</exception>
    internal Fault Copy()
    {
        _trialStart = Stopwatch.GetTimestamp();
        try
        {
            for (int i = 1; i < _streams; i++)
                StartHelper(i);
            Work(number: 0);
        }
        finally
        {
            // The files are closed when this returns. A helper notices within a chunk that the run ends.
            foreach (ChildThread helper in _helpers)
                helper.Join();
        }

        tools.Cancellation.ThrowIfCancellationRequested();
        return _fault;
    }

    private void StartHelper(int number)
    {
        var helper = new ChildThread(() => Help(number), name: $"Copy-Helper-{number}") { IsDaemon = true };
        helper.Start();
        _helpers.Add(helper);
    }

    private void Help(int number)
    {
        try
        {
            Work(number);
        }
        catch (Exception e)
        {
            // Its piece is not there, whatever it was; a cancellation is met by the one that waits for it too.
            Fail(Fault.Of(CopyErrorKind.SourceUnreadable, $"a thread that copied a part of it failed: {e.Message}"));
        }
    }

    private void Work(int number)
    {
        var copier = new ChunkCopier(source, target, tools, route);
        while (TryTake(number, out long start, out long length))
        {
            for (long end = start + length; start < end;)
            {
                tools.Pass(0);
                Fault fault = copier.Copy(start, end - start, out long copied);
                if (!fault.IsNone)
                {
                    Fail(fault);
                    return;
                }

                start += copied;
                Interlocked.Add(ref tools.Tally.BytesCopied, copied);
            }

            Count(length, mayAdd: number == 0);
        }
    }

    private bool TryTake(int number, out long start, out long length)
    {
        lock (_lock)
        {
            start = _next;
            length = Math.Min(Chunk, size - start);
            if (!_fault.IsNone || length <= 0 || number >= _streams)
                return false;
            _next += length;
            return true;
        }
    }

    private void Fail(Fault fault)
    {
        lock (_lock)
            if (_fault.IsNone)
                _fault = fault;
    }

    private void Count(long length, bool mayAdd)
    {
        lock (_lock)
        {
            _copied += length;
            long done = _copied - _trialCopied;
            if (!mayAdd || route.IsSettled || done < Trial)
                return;
            Decide(done / Stopwatch.GetElapsedTime(_trialStart).TotalSeconds);
            _trialStart = Stopwatch.GetTimestamp();
            _trialCopied = _copied;
        }
    }

    private void Decide(double rate)
    {
        if (_rateBefore > 0 && rate < _rateBefore * WorthIt)
        {
            // The last one was one too many; it goes home at its next chunk.
            _streams = Math.Max(1, _streams - 1);
            route.Settle(_streams);
            return;
        }

        _rateBefore = rate;
        if (_streams >= MostStreams)
        {
            route.Settle(_streams);
            return;
        }

        try
        {
            StartHelper(_streams);
            _streams++;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            route.Settle(_streams);
        }
    }
}
