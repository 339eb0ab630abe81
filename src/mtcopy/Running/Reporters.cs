using Mtcopy.CommandLine;
using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Running;

/// <summary>Everybody who is told what happens to each entry.</summary>
internal sealed class Reporters : IReporter
{
    private readonly List<IReporter> _all = [];

    /// <summary>Whether there is anybody; else the engine need make no events.</summary>
    public bool AreThere => _all.Count > 0;

    public void Add(IReporter reporter) => _all.Add(reporter);

    public void Begin(CopyRequest request)
    {
        foreach (IReporter reporter in _all)
            reporter.Begin(request);
    }

    public void Tell(CopyEvent happened)
    {
        foreach (IReporter reporter in _all)
            reporter.Tell(happened);
    }

    public void Flush()
    {
        foreach (IReporter reporter in _all)
            reporter.Flush();
    }

    public void Report(in CopyProgress progress)
    {
        foreach (IReporter reporter in _all)
            reporter.Report(progress);
    }

    public void End(Ending ending)
    {
        foreach (IReporter reporter in _all)
            reporter.End(ending);
    }

    public void Dispose()
    {
        foreach (IReporter reporter in _all)
            reporter.Dispose();
    }
}
