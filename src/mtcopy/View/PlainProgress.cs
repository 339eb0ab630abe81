using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>Progress as lines of their own, for logs: the first soon, the others every few seconds.</summary>
internal sealed class PlainProgress
{
    private const int AsWideAsNeeded = 200;

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private TimeSpan _next = s_first;

    /// <summary>The line; null while the last one is young.</summary>
    public string? Compose(in CopyProgress progress)
    {
        if (progress.Elapsed < _next)
            return null;
        _next = progress.Elapsed + s_interval;
        return ProgressLine.Text(ProgressLine.ComposeWithoutBar(progress, AsWideAsNeeded)).TrimStart();
    }
}
