using System.Runtime.CompilerServices;

namespace Multitasking.Children;

/// <summary>Checks time limits at the public doors.</summary>
internal static class TimeLimit
{
    internal static void Check(TimeSpan timeout, [CallerArgumentExpression(nameof(timeout))] string? name = null)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return;
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromMilliseconds(int.MaxValue), name);
    }
}
