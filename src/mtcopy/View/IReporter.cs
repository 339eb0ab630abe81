using Mtcopy.CommandLine;
using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>Somebody who is told what happens to each entry. All calls come from one thread at a time, but for <see cref="Report"/>.</summary>
internal interface IReporter : IDisposable
{
    /// <summary>The copy is about to begin.</summary>
    void Begin(CopyRequest request);

    /// <summary>Something happened to an entry; it may be kept until <see cref="Flush"/>.</summary>
    void Tell(CopyEvent happened);

    /// <summary>Nothing more happened for now: what was kept is to be shown.</summary>
    void Flush();

    /// <summary>How far it is; about ten times a second, on a thread of the engine.</summary>
    void Report(in CopyProgress progress);

    /// <summary>The copy is over.</summary>
    void End(Ending ending);
}
