using System.Globalization;
using Multitasking.TestWorker.Faulty;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>A program some of whose system calls fail, as the file says that tests/Multitasking.Faults has made.</summary>
internal static class Faults
{
    // int[1] of the file; shim.c.
    private const int PausedOffset = sizeof(int);

    /// <summary>Uses the library once with the fault and once without it, then looks for what is left of the first.</summary>
    /// <param name="arguments">The name of the use; then how many descriptors of each kind may be left, or nothing.</param>
    internal static int Run(string[] arguments)
    {
        RunAsync(Uses.All[arguments[0]], [.. arguments[1..].Select(static text => int.Parse(text, CultureInfo.InvariantCulture))]).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(Func<Steps, Task> use, int[] allowed)
    {
        await use(new Steps("first"));
        Pause();
        await use(new Steps("second"));
        await Task.Run(static () => { });
        int[] left = allowed.Length > 0 ? await Holdings.SettleAsync(allowed) : await SettleAsync();
        Say.Line($"left {string.Join(' ', left)}");
        Say.Line($"children {ChildProcess.ActiveChildren.Count}");
    }

    /// <summary>Without anything to compare with: until the number stays the same for a moment.</summary>
    private static async Task<int[]> SettleAsync()
    {
        int[] last = Holdings.Count();
        for (int i = 0; i < 6; i++)
        {
            await Task.Delay(100);
            last = Holdings.Count();
        }
        return last;
    }

    private static void Pause()
    {
        if (Environment.GetEnvironmentVariable("MULTITASKING_FAULTS") is not { } file)
            return;
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(handle, BitConverter.GetBytes(1), PausedOffset);
    }
}
