namespace Multitasking.Pools.InProcess;

/// <summary>
/// Follows a task through its awaits, and tells code whether a task of a given pool runs it. Apart from the run, for code that a task left behind keeps its mark.
/// </summary>
internal sealed class RunMark(PoolEngine engine)
{
    private static readonly AsyncLocal<RunMark?> s_current = new();

    // A call in place runs inside the caller's task.
    private readonly RunMark? _outer = s_current.Value;
    private volatile bool _isOver;

    internal static bool IsInTaskOf(PoolEngine engine)
    {
        for (var mark = s_current.Value; mark is not null; mark = mark._outer)
            if (mark.IsOf(engine))
                return true;
        return false;
    }

    /// <summary>Has what the caller runs from here on carry the mark.</summary>
    internal void Enter() => s_current.Value = this;

    internal static void Leave() => s_current.Value = null;

    /// <summary>The task no longer counts: nobody waits for what still runs of it.</summary>
    internal void End() => _isOver = true;

    private bool IsOf(PoolEngine other) => engine == other && !_isOver;
}
