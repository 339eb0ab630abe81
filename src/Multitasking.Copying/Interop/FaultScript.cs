namespace Multitasking.Copying.Interop;

/// <summary>
/// The seam under the system calls: faults that a test wants to happen, in this process or, sent along with the work, in a worker process. Without
/// one a call pays for a look at a null reference.
/// </summary>
internal sealed record FaultScript(ScriptedFault[] Faults)
{
    private static readonly int[] s_calls = new int[Enum.GetValues<SystemCall>().Length];

    /// <summary>The script in force; null in every process that is no test's.</summary>
    internal static FaultScript? Current { get; private set; }

    /// <summary>Puts a script in force, or none, and begins to count anew.</summary>
    internal static void Install(FaultScript? script)
    {
        Array.Clear(s_calls);
        Current = script;
    }

    /// <summary>How many calls of a kind were made since the script was installed.</summary>
    internal static int CallsOf(SystemCall call) => Volatile.Read(ref s_calls[(int)call]);

    /// <summary>Counts a call, and decides what becomes of it.</summary>
    /// <param name="call">Its kind.</param>
    /// <param name="length">The bytes that it is for; may be made less.</param>
    /// <param name="result">What it answers, if it is not to be made.</param>
    /// <returns>Whether it is not to be made.</returns>
    internal bool Strikes(SystemCall call, ref long length, out int result)
    {
        int number = Interlocked.Increment(ref s_calls[(int)call]);
        foreach (ScriptedFault fault in Faults)
        {
            if (fault.Call != call || number < fault.Nth || number > fault.Nth + fault.Repeats)
                continue;
            if (fault.Vanishing is { } path)
                File.Delete(path);
            length = Math.Min(length, fault.MostBytes);
            result = fault.Result ?? 0;
            return fault.Result is not null;
        }

        result = 0;
        return false;
    }
}
