using System.Globalization;
using System.Text;
using Multitasking.Interop;

namespace Multitasking.SharedMemory;

/// <summary>
/// One process among all that ever had its number: the number (22 bits, the kernel's limit) and when it began, in clock ticks since the
/// system's start (42 bits).
/// One word, so that it is written and compared at once.
/// </summary>
internal static class ProcessStamp
{
    private const int IdBits = 22;

    private static readonly Lazy<long> s_own = new(static () => TryOf(Environment.ProcessId) is var own and not 0
        ? own
        : throw new PlatformNotSupportedException("What processes share needs /proc, to tell a process from a later one with the same number. Mount it."), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>This process.</summary>
    internal static long Own => s_own.Value;

    internal static int IdOf(long stamp) => (int)(stamp & ((1 << IdBits) - 1));

    /// <summary>The process that has this number now; 0 when there is none, or it has ended and is not reaped yet.</summary>
    /// <exception cref="IOException">The system does not tell.</exception>
    internal static long TryOf(int id)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{id}/stat", Encoding.Latin1);
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException || exception.HResult == Constants.ESRCH)
        {
            return 0;
        }
        // The name may hold anything, parentheses too. Behind it come the state and, 19 fields on, the start (proc_pid_stat(5)).
        var fields = text.AsSpan(text.LastIndexOf(')') + 2);
        if (fields[0] is 'Z' or 'X')
            return 0;
        for (int i = 0; i < 19; i++)
            fields = fields[(fields.IndexOf(' ') + 1)..];
        long start = long.Parse(fields[..fields.IndexOf(' ')], NumberStyles.None, CultureInfo.InvariantCulture);
        return (start << IdBits) | (long)(uint)id;
    }

    /// <summary>
    /// Tells whether it lives. Where that cannot be read, for want of a descriptor say, whoever has the number counts for it: the living
    /// must not be robbed.
    /// </summary>
    internal static bool IsAlive(long stamp)
    {
        if (stamp == Own)
            return true;
        try
        {
            return TryOf(IdOf(stamp)) == stamp;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return LibC.SendSignal(IdOf(stamp), 0) == 0 || SystemError.Last != Constants.ESRCH;
        }
    }
}
