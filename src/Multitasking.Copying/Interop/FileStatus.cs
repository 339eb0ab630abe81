namespace Multitasking.Copying.Interop;

/// <summary>What the engine needs to know of a file.</summary>
internal readonly struct FileStatus
{
    internal const uint PermissionBits = 0xFFF;
    internal const uint SetIdBits = 0xC00;

    private const long Second = 1_000_000_000;

    internal FileStatus(in Statx raw)
    {
        Mode = raw.Mode;
        Size = (long)raw.Size;
        AllocatedBytes = (long)raw.Blocks * 512;
        Links = raw.Links;
        Special = MakeDevice(raw.SpecialMajor, raw.SpecialMinor);
        UserId = raw.UserId;
        GroupId = raw.GroupId;
        Modified = new TimeSpec { Seconds = raw.ModifySeconds, Nanoseconds = raw.ModifyNanoseconds };
        Changed = new TimeSpec { Seconds = raw.ChangeSeconds, Nanoseconds = raw.ChangeNanoseconds };
        Identity = new FileIdentity(((ulong)raw.DeviceMajor << 32) | raw.DeviceMinor, raw.Inode);
    }

    internal uint Mode { get; }

    internal long Size { get; }

    /// <summary>What it takes on the disk: less than <see cref="Size"/> when it has holes.</summary>
    internal long AllocatedBytes { get; }

    /// <summary>How many names it has.</summary>
    internal uint Links { get; }

    /// <summary>Which device it is, if it is one, as <c>mknod</c> takes it.</summary>
    internal ulong Special { get; }

    internal uint UserId { get; }

    internal uint GroupId { get; }

    internal TimeSpec Modified { get; }

    /// <summary>When its status changed last, which nobody can set: by the clock of its file system.</summary>
    internal TimeSpec Changed { get; }

    internal FileIdentity Identity { get; }

    internal FileKind Kind => (FileKind)(Mode >> 12);

    /// <summary>Read, write, execute for all three, and the set-id and sticky bits.</summary>
    internal uint Permissions => Mode & PermissionBits;

    internal bool HasSameSizeAndTimeAs(in FileStatus other) => Size == other.Size && HasSameTimeAs(other);

    internal bool IsNewerThan(in FileStatus other) => Modified.Seconds != other.Modified.Seconds
        ? Modified.Seconds > other.Modified.Seconds
        : Modified.Nanoseconds > other.Modified.Nanoseconds;

    internal bool IsOlderThan(in FileStatus other) => other.IsNewerThan(this);

    /// <summary>Whether the time may be that of another one, as a file system keeps it that has no finer units: from a tenth of a microsecond (NTFS) to two seconds (FAT).</summary>
    internal bool MayBeCutFrom(in FileStatus other)
    {
        if (Math.Abs(other.Modified.Seconds - Modified.Seconds) > 1)
            return false;
        long later = ((other.Modified.Seconds - Modified.Seconds) * Second) + other.Modified.Nanoseconds - Modified.Nanoseconds;
        foreach (long unit in (ReadOnlySpan<long>)[100, 1000, Second / 1000, Second / 100, Second, 2 * Second])
            if (later > 0 && later < unit && Modified.Nanoseconds % unit == 0 && (unit <= Second || Modified.Seconds % 2 == 0))
                return true;
        return false;
    }

    /// <summary>Whether blocks are missing from it: it has holes, or its file system compresses it.</summary>
    internal bool IsSparse => AllocatedBytes < (Size & ~0xFFFL);

    internal bool HasSameTimeAs(in FileStatus other) =>
        Modified.Seconds == other.Modified.Seconds && Modified.Nanoseconds == other.Modified.Nanoseconds;

    /// <summary><c>makedev(3)</c> of the C library.</summary>
    private static ulong MakeDevice(ulong major, ulong minor) =>
        ((major & 0xFFFFF000) << 32) | ((major & 0xFFF) << 8) | ((minor & 0xFFFFFF00) << 12) | (minor & 0xFF);
}
