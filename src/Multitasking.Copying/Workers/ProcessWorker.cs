using System.ComponentModel;
using Multitasking.Copying.Copying;
using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Parts;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Workers;

/// <summary>Has one part after the other copied, each by a child process, and by another one where a process was lost.</summary>
/// <param name="tree">The tree.</param>
/// <param name="options">How to copy.</param>
/// <param name="linkCopier">Makes what makes further names of files, counting in what it is given; null where nobody asked for hard links.</param>
/// <param name="stop">Ends the run.</param>
internal sealed class ProcessWorker(CopyTree tree, CopyOptions options, Func<Tally, TreeCopier>? linkCopier, CancellationToken stop)
{
    // A process that is lost so often without getting any further is probably lost because of what it copies.
    private const int MostLosses = 3;

    // Halving a part down to the one entry that no process survives takes about forty; losing more means that no process survives here at all.
    private const int MostLossesInARow = 64;

    private readonly byte[] _temporaryName = WorkerName.Next();
    private readonly Lock _lock = new();
    private readonly Tally _settled = new();
    private readonly Tally _linked = new();
    private readonly List<(int Index, Fault Fault)> _again = [];
    private readonly Dictionary<int, Fault> _failed = [];
    private readonly HashSet<int> _kept = [];
    private TreeCopier? _linkCopier;
    private GatheredPart? _gathered;
    private PartReport? _latest;
    private int _attempt;
    private int _lost;
    private int _lostInARow;
    private bool _hung;

    internal int Lost => Volatile.Read(ref _lost);

    /// <summary>Adds what was done so far.</summary>
    internal void AddTo(Tally sum)
    {
        lock (_lock)
        {
            sum.Add(_settled);
            sum.Add(_linked);
            if (_latest is null)
                return;
            sum.Add(_latest.Done);
            sum.BytesCopied += _latest.BytesInFlight;
        }
    }

    /// <summary>What the process is at, as far as it told.</summary>
    internal FilePath Current()
    {
        lock (_lock)
        {
            if (_gathered is not { } gathered || _latest is not { } latest || latest.Reached >= gathered.Part.End)
                return default;
            (int folder, byte[] name) = gathered.Part.Locate(latest.Reached);
            return gathered.Folders[folder].PathOf(name);
        }
    }

    /// <summary>Copies a part, however many processes that takes.</summary>
    /// <exception cref="OperationCanceledException">The run ends.</exception>
    internal void Copy(GatheredPart gathered)
    {
        lock (_lock)
            _gathered = gathered;
        _failed.Clear();
        _kept.Clear();
        _attempt = 1;
        CopyPieces(gathered, new Stack<CopyPart>([gathered.Part with { TemporaryName = _temporaryName }]));
        while (_again.Count > 0)
        {
            _attempt++;
            tree.Log.WaitToRetry();
            var pieces = new Stack<CopyPart>(_again.Select(again => gathered.Part with { TemporaryName = _temporaryName, First = again.Index, End = again.Index + 1, IsRepeated = true }));
            _again.Clear();
            CopyPieces(gathered, pieces);
        }

        SettleFiles(gathered);
        lock (_lock)
            _gathered = null;
    }

    /// <summary>The further names of the files whose first names were in the part.</summary>
    private void SettleFiles(GatheredPart gathered)
    {
        foreach ((int index, FileIdentity file) in gathered.Files)
        {
            Outcome outcome = _failed.TryGetValue(index, out Fault fault) ? Outcome.Failed(fault) : Outcome.Of(_kept.Contains(index) ? CopyEventKind.Kept : CopyEventKind.FileCopied);
            (_linkCopier ??= linkCopier!(_linked)).SettleFile(file, outcome);
        }
    }

    private void CopyPieces(GatheredPart gathered, Stack<CopyPart> pieces)
    {
        int losses = 0;
        while (pieces.TryPop(out CopyPart? piece))
        {
            stop.ThrowIfCancellationRequested();
            if (TryCopy(piece, gathered.Folders, out int reached))
            {
                losses = 0;
                continue;
            }

            losses = reached > piece.First ? 1 : losses + 1;
            CopyPart rest = piece with { First = reached, IsRepeated = true };
            if (losses < MostLosses)
            {
                if (rest.Count > 0)
                    pieces.Push(rest);
                continue;
            }

            losses = 0;
            GiveUpOrHalve(rest, gathered, pieces);
        }
    }

    private bool TryCopy(CopyPart part, TreeFolder[] folders, out int reached)
    {
        reached = part.First;
        try
        {
            if (Run(part, new Listener(this, folders)) is { } last)
            {
                Receive(last, folders);
                _lostInARow = 0;
                return true;
            }

            Lose(part, folders, out reached, why: null);
            return false;
        }
        catch (WorkerLostException lost)
        {
            Lose(part, folders, out reached, lost);
            return false;
        }
        catch
        {
            // Cancelled, or ended because whoever was told of a problem threw.
            RemoveTemporary(part, folders);
            throw;
        }
        finally
        {
            Settle();
        }
    }

    private void Lose(CopyPart part, TreeFolder[] folders, out int reached, WorkerLostException? why)
    {
        reached = _latest?.Reached ?? part.First;
        _hung = why is null;
        Interlocked.Increment(ref _lost);
        RemoveTemporary(part, folders);
        _lostInARow = reached > part.First ? 1 : _lostInARow + 1;
        if (_lostInARow > MostLossesInARow)
            throw new IOException(why is null ? "worker processes get no further, whatever they copy" : $"worker processes end as soon as they begin: {why.Message}", why);
    }

    /// <summary>Waits for the process, on a thread that was made for that.</summary>
    /// <returns>The last report; null when it got no further and was killed.</returns>
    private PartReport? Run(CopyPart part, Listener listener)
    {
        IProgress<PartReport> progress = listener;
        using var stalled = options.StallTimeout is { } limit ? new StallWatch(limit, IsPaused, stop) : null;
        listener.Watch = stalled;
        CancellationToken cancellation = stop;
        try
        {
            return ChildProcess.RunAsync(() => PartCopier.Copy(part, progress, cancellation), timeout: null, stalled?.Token ?? stop).GetAwaiter().GetResult();
        }
        catch (Win32Exception e)
        {
            throw new IOException($"cannot start a worker process: {e.Message}", e);
        }
        catch (OperationCanceledException) when (stalled is { HasStalled: true } && !stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private bool IsPaused() => options.Pause is { IsPaused: true };

    private void Receive(PartReport report, TreeFolder[] folders)
    {
        lock (_lock)
            _latest = report;
        foreach (PartEvent happened in report.Events)
            tree.Log.Tell(happened.Kind, folders[happened.Folder].PathOf(happened.Name), happened.Bytes, happened.Reason);
        _kept.UnionWith(report.Kept);
        foreach (PartError error in report.Errors)
        {
            if (tree.Log.AddUnlessRetried(folders[error.Folder].PathOf(error.Name), error.Fault, _attempt))
            {
                _again.Add((error.Index, error.Fault));
                lock (_lock)
                    _settled.FilesFailed--;
            }
            else
            {
                _failed[error.Index] = error.Fault;
                if (error.Fault.Kind == CopyErrorKind.SourceMissing)
                    folders[error.Folder].HasLostEntries = true;
            }
        }
    }

    /// <summary>What was reported counts for good; what was in flight does not.</summary>
    private void Settle()
    {
        lock (_lock)
        {
            if (_latest is not null)
                _settled.Add(_latest.Done);
            _latest = null;
        }
    }

    private void GiveUpOrHalve(CopyPart rest, GatheredPart gathered, Stack<CopyPart> pieces)
    {
        if (rest.Count == 0)
            return;
        if (rest.Count > 1)
        {
            int middle = rest.First + (rest.Count / 2);
            pieces.Push(rest with { First = middle });
            pieces.Push(rest with { End = middle });
            return;
        }

        (int folder, byte[] name) = rest.Locate(rest.First);
        Fault fault = _hung
            ? Fault.Of(CopyErrorKind.WorkerHung, $"not copied: {MostLosses} processes in a row got no further with it within {options.StallTimeout}")
            : Fault.Of(CopyErrorKind.WorkerLost, $"not copied: {MostLosses} processes in a row were lost with it");
        _hung = false;
        tree.Log.AddForGood(gathered.Folders[folder].PathOf(name), fault);
        _failed[rest.First] = fault;
        lock (_lock)
            _settled.FilesFailed++;
    }

    /// <summary>The process that wrote under this name is gone, so what is there is nobody's; in most folders there is nothing.</summary>
    private unsafe void RemoveTemporary(CopyPart part, TreeFolder[] folders)
    {
        fixed (byte* name = _temporaryName)
            foreach (PartRun run in part.Runs)
            {
                FolderPlace place = folders[run.Folder].Destination;
                int descriptor = tree.Open.Pin(place);
                if (descriptor < 0)
                    continue;
                _ = Kernel.RemoveFile(descriptor, name);
                tree.Open.Unpin(place);
            }
    }

    private sealed class Listener(ProcessWorker worker, TreeFolder[] folders) : IProgress<PartReport>
    {
        internal StallWatch? Watch { get; set; }

        public void Report(PartReport value)
        {
            // Whoever is told may take his time, and the worker waits for him.
            Watch?.Hold();
            worker.Receive(value, folders);
            Watch?.See(value);
        }
    }
}
