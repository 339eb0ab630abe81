using Multitasking.Synchronization;

namespace Multitasking.Copying.Pacing;

/// <summary>What the worker processes of a run share, so that they pause together and keep one limit of speed. It travels to them.</summary>
/// <param name="Running">Set while the copy may run; null where nobody pauses it.</param>
/// <param name="SpentUntil">The moment until which the allowance is used up; null where there is no limit.</param>
/// <param name="BytesPerSecond">The limit, or 0.</param>
internal sealed record SharedPace(ProcessEvent? Running, SharedValue<long>? SpentUntil, long BytesPerSecond) : IDisposable
{
    internal static SharedPace Of(CopyPause? pause, long bytesPerSecond) =>
        new(pause?.Shared(), bytesPerSecond > 0 ? new SharedValue<long>() : null, bytesPerSecond);

    /// <summary>The event is the caller's.</summary>
    public void Dispose() => SpentUntil?.Dispose();
}
