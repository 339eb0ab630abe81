using System.ComponentModel;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Parts;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Workers;

/// <summary>Has one part after the other copied, each by a child process, and by another one where a process was lost.</summary>
internal sealed class ProcessWorker(CopyTree tree, CancellationToken stop)
{
    // A process that is lost so often without getting any further is probably lost because of what it copies.
    private const int MostLosses = 3;

    // Halving a part down to the one entry that no process survives takes about forty; losing more means that no process survives here at all.
    private const int MostLossesInARow = 64;

    private readonly byte[] _temporaryName = WorkerName.Next();
    private readonly Lock _lock = new();
    private readonly Tally _settled = new();
    private PartReport? _latest;
    private int _lost;
    private int _lostInARow;

    internal int Lost => Volatile.Read(ref _lost);

    /// <summary>Adds what was done so far.</summary>
    internal void AddTo(Tally sum)
    {
        lock (_lock)
        {
            sum.Add(_settled);
            if (_latest is null)
                return;
            sum.Add(_latest.Done);
            sum.BytesCopied += _latest.BytesInFlight;
        }
    }

    /// <summary>Copies a part, however many processes that takes.</summary>
    /// <exception cref="OperationCanceledException">The run ends.</exception>
    internal void Copy(GatheredPart gathered)
    {
        var pieces = new Stack<CopyPart>([gathered.Part with { TemporaryName = _temporaryName }]);
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
            Receive(Run(part, new Listener(this, folders)), folders);
            _lostInARow = 0;
            return true;
        }
        catch (WorkerLostException lost)
        {
            reached = _latest?.Reached ?? part.First;
            Interlocked.Increment(ref _lost);
            RemoveTemporary(part, folders);
            _lostInARow = reached > part.First ? 1 : _lostInARow + 1;
            if (_lostInARow > MostLossesInARow)
                throw new IOException($"worker processes end as soon as they begin: {lost.Message}", lost);
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

    /// <summary>Waits for the process, on a thread that was made for that.</summary>
    private PartReport Run(CopyPart part, IProgress<PartReport> progress)
    {
        try
        {
            CancellationToken cancellation = stop;
            return ChildProcess.RunAsync(() => PartCopier.Copy(part, progress, cancellation), timeout: null, stop).GetAwaiter().GetResult();
        }
        catch (Win32Exception e)
        {
            throw new IOException($"cannot start a worker process: {e.Message}", e);
        }
    }

    private void Receive(PartReport report, TreeFolder[] folders)
    {
        lock (_lock)
            _latest = report;
        foreach (PartError error in report.Errors)
            tree.Errors.Add(folders[error.Folder].PathOf(error.Name), error.Fault);
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
        string reason = $"not copied: {MostLosses} processes in a row were lost with it";
        tree.Errors.Add(gathered.Folders[folder].PathOf(name), Fault.Of(CopyErrorKind.WorkerLost, reason));
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
        public void Report(PartReport value) => worker.Receive(value, folders);
    }
}
