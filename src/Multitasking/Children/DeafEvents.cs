using Multitasking.Transport;

namespace Multitasking.Children;

/// <summary>The events of a child of which nothing is wanted but its end.</summary>
internal sealed class DeafEvents : IChildEvents
{
    internal static DeafEvents Instance { get; } = new();

    public bool IsBehind => false;

    public void OnNotStarted(Exception why)
    {
    }

    public void OnSpawned(int id)
    {
    }

    public void OnStarted(LiveChild child)
    {
    }

    public void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
    }

    public void OnLimit()
    {
    }

    public void OnStuck()
    {
    }

    public void OnEnded(int? exitCode, Exception? linkFailure)
    {
    }
}
