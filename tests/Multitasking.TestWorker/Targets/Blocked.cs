namespace Multitasking.TestWorker.Targets;

/// <summary>Targets that never return.</summary>
internal static class Blocked
{
    internal static void Sleep()
    {
        Say.Here();
        Thread.Sleep(Timeout.Infinite);
    }

    internal static void Spin()
    {
        Say.Here();
        while (true)
        {
        }
    }

    internal static void FillThreadPool()
    {
        Say.Here();
        for (int i = 0; i < 8; i++)
            ThreadPool.QueueUserWorkItem(static _ => Thread.Sleep(Timeout.Infinite));
        Thread.Sleep(Timeout.Infinite);
    }

    internal static void StayInNativeCode()
    {
        Say.Here();
        while (true)
            _ = Native.Pause();
    }

    internal static async Task AwaitAsync()
    {
        Say.Here();
        await Task.Delay(Timeout.Infinite);
    }

    internal static void WaitForTheToken(CancellationToken cancellationToken)
    {
        Say.Here();
        cancellationToken.WaitHandle.WaitOne();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Takes long enough for a kill to come between, were there one.</summary>
    internal static void TidyUpWhenAsked(CancellationToken cancellationToken)
    {
        Say.Here();
        cancellationToken.WaitHandle.WaitOne();
        Thread.Sleep(100);
        Say.Line("tidied up");
    }

    internal static void IgnoreTheToken(CancellationToken cancellationToken)
    {
        _ = cancellationToken.CanBeCanceled;
        Sleep();
    }

    internal static void HangInTheTokensCallback(CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(static () => Thread.Sleep(Timeout.Infinite));
        Sleep();
    }

    internal static void Allocate()
    {
        Say.Here();
        var kept = new Queue<byte[]>();
        while (true)
        {
            kept.Enqueue(new byte[20_000]);
            if (kept.Count > 500)
                kept.Dequeue();
        }
    }
}
