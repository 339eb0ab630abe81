using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Running;

/// <summary>Tells both the screen and the reporters how far the copy is.</summary>
internal sealed class ProgressFan(ProgressDisplay display, Reporters reporters) : IProgress<CopyProgress>
{
    public void Report(CopyProgress value)
    {
        display.Report(value);
        reporters.Report(value);
    }
}
