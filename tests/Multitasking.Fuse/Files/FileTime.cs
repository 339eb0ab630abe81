namespace Multitasking.Fuse.Files;

/// <summary>A time as a file system keeps it.</summary>
internal readonly record struct FileTime(long Seconds, uint Nanoseconds)
{
    private const int NanosecondsPerTick = 100;

    internal static FileTime Now
    {
        get
        {
            TimeSpan since = DateTime.UtcNow - DateTime.UnixEpoch;
            return new(since.Ticks / TimeSpan.TicksPerSecond, (uint)(since.Ticks % TimeSpan.TicksPerSecond) * NanosecondsPerTick);
        }
    }

    /// <summary>What vfat keeps of a time of modification.</summary>
    internal FileTime InEvenSeconds => new(Seconds & ~1L, 0);
}
