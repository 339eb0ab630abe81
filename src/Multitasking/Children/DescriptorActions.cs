using System.Globalization;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>
/// What becomes of descriptors between the start of a child and its program: some are passed on, and all others above the standard streams
/// closed.
/// </summary>
/// <remarks>
/// Closed are those that this process itself inherited or got from native code that did not think of close-on-exec. They would keep
/// somebody's pipe open for as long as a child lives.
/// </remarks>
internal static unsafe class DescriptorActions
{
    private const int FirstBeyondStreams = 3;

    // As many actions cost less than a thousandth of a start. Beyond, the parent looks first whether there is anything to close.
    private const int MostUnseen = 1024;

    private static volatile bool s_cannotCloseFrom;

    /// <param name="actions">The actions of a start, <c>posix_spawn_file_actions_t</c>.</param>
    /// <param name="passed">What the child gets, under the same numbers.</param>
    internal static void Add(byte* actions, SafeDescriptor[] passed)
    {
        var numbers = new int[passed.Length];
        for (int i = 0; i < passed.Length; i++)
            numbers[i] = passed[i].Number;
        Array.Sort(numbers);
        int next = FirstBeyondStreams;
        foreach (int number in numbers)
        {
            // To close what is not open does no harm.
            for (; next < number; next++)
                if (next < MostUnseen || CrossesExec(next))
                    Close(actions, next);
            // A duplicate onto itself clears close-on-exec in the child alone: no other process started meanwhile can inherit it.
            Spawner.Check("posix_spawn_file_actions_adddup2", LibC.SpawnActionsAddDuplicate(actions, number, number));
            next = Math.Max(next, number + 1);
        }
        CloseFrom(actions, next);
    }

    private static void CloseFrom(byte* actions, int first)
    {
        if (!s_cannotCloseFrom)
            try
            {
                // EBADF: the limit on descriptors allows none from there on.
                if (LibC.SpawnActionsAddCloseFrom(actions, first) is not (0 or EBADF) and var error)
                    throw SystemError.From("posix_spawn_file_actions_addclosefrom_np", error);
                return;
            }
            catch (EntryPointNotFoundException)
            {
                s_cannotCloseFrom = true;
            }
        foreach (int number in OpenFrom(first))
            Close(actions, number);
    }

    /// <summary>The open descriptors from a number on, as <c>/proc</c> tells; none where it is not there.</summary>
    internal static List<int> OpenFrom(int first)
    {
        var numbers = new List<int>();
        try
        {
            foreach (string name in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
                if (int.Parse(Path.GetFileName(name.AsSpan()), CultureInfo.InvariantCulture) is var number && number >= first)
                    numbers.Add(number);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then those that are closed on exec by themselves have to do.
        }
        return numbers;
    }

    private static bool CrossesExec(int number) =>
        LibC.FileControl(number, F_GETFD, 0) is >= 0 and var flags && (flags & FD_CLOEXEC) == 0;

    private static void Close(byte* actions, int number) =>
        Spawner.Check("posix_spawn_file_actions_addclose", LibC.SpawnActionsAddClose(actions, number));
}
