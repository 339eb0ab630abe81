using System.Text;
using Mtcopy.CommandLine;
using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>What happens, an entry a line on standard output: for <c>-v</c>, and for a dry run what would happen. Problems are on standard error.</summary>
internal sealed class EventList(ProgressDisplay display, CancellationToken stop) : IReporter
{
    private const int MostKept = 1 << 16;

    private readonly StringBuilder _kept = new();
    private bool _isDryRun;
    private bool _listsLeftAlone;
    private bool _givesReasons;

    public void Begin(CopyRequest request)
    {
        _isDryRun = request.Options.DryRun;
        _listsLeftAlone = !_isDryRun || request.Output.DryRun != DryRunDetail.Brief || request.Output.Verbosity == Verbosity.Verbose;
        _givesReasons = _isDryRun && request.Output.DryRun == DryRunDetail.Explain;
        _kept.Append(SourcesLine.Compose(request)).Append('\n');
        Flush();
    }

    public void Tell(CopyEvent happened)
    {
        if (happened.Kind is CopyEventKind.Failed or CopyEventKind.Finished || (!_listsLeftAlone && EventWords.IsLeftAlone(happened.Kind)))
            return;
        _kept.Append(EventWords.Of(happened.Kind, _isDryRun)).Append(' ').Append(happened.Path.ToString());
        if (happened.Kind == CopyEventKind.FolderCreated)
            _kept.Append('/');
        if (_givesReasons)
            _kept.Append(": ").Append(happened.Reason ?? EventWords.OrdinaryReason(happened.Kind));
        _kept.Append('\n');
        if (_kept.Length >= MostKept)
            Flush();
    }

    public void Flush()
    {
        if (_kept.Length == 0)
            return;
        byte[] lines = Encoding.UTF8.GetBytes(_kept.ToString());
        _kept.Clear();
        display.PrintOutput(lines, stop);
    }

    public void Report(in CopyProgress progress)
    {
    }

    public void End(Ending ending) => Flush();

    public void Dispose()
    {
    }
}
