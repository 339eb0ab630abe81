using static Multitasking.Interop.Constants;

namespace Multitasking.Interop;

/// <summary>How many descriptors this process may still open.</summary>
internal static unsafe class OpenDescriptors
{
    // One question of the system answers for so many; each start of a worker asks it.
    private const int LookedAt = 64;

    /// <summary>An estimate, as other threads open and close theirs; <see langword="null"/> where the system does not tell.</summary>
    /// <param name="enough">More than that is not counted.</param>
    internal static long? Left(int enough)
    {
        long limit = ResourceLimit.Descriptors;
        return FreeBelow(limit) is var free && free >= enough ? free : Count(limit);
    }

    /// <summary>How many of the highest numbers are free: all of them, as a rule.</summary>
    private static int FreeBelow(long limit)
    {
        if (limit is < LookedAt or > int.MaxValue)
            return 0;
        var numbers = stackalloc PollDescriptor[LookedAt];
        for (int i = 0; i < LookedAt; i++)
            numbers[i] = new PollDescriptor { Descriptor = (int)limit - 1 - i };
        if (LibC.Poll(numbers, LookedAt, 0) < 0)
            return 0;
        int free = 0;
        for (int i = 0; i < LookedAt; i++)
            free += numbers[i].Occurred == POLLNVAL ? 1 : 0;
        return free;
    }

    private static long? Count(long limit)
    {
        try
        {
            // Without the one that the look itself takes.
            return limit - Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() + 1;
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            // Not even one is left to look with.
            return 0;
        }
    }
}
