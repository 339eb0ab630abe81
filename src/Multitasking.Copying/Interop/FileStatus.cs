namespace Multitasking.Copying.Interop;

/// <summary>What the engine needs to know of a file.</summary>
internal readonly struct FileStatus
{
    internal const uint PermissionBits = 0xFFF;
    internal const uint SetIdBits = 0xC00;

    internal FileStatus(in Statx raw)
    {
        Mode = raw.Mode;
        Size = (long)raw.Size;
        UserId = raw.UserId;
        GroupId = raw.GroupId;
        Modified = new TimeSpec { Seconds = raw.ModifySeconds, Nanoseconds = raw.ModifyNanoseconds };
        Changed = new TimeSpec { Seconds = raw.ChangeSeconds, Nanoseconds = raw.ChangeNanoseconds };
        Identity = new FileIdentity(((ulong)raw.DeviceMajor << 32) | raw.DeviceMinor, raw.Inode);
    }

    internal uint Mode { get; }

    internal long Size { get; }

    internal uint UserId { get; }

    internal uint GroupId { get; }

    internal TimeSpec Modified { get; }

    internal TimeSpec Changed { get; }

    internal FileIdentity Identity { get; }

    internal FileKind Kind => (FileKind)(Mode >> 12);

    /// <summary>Read, write, execute for all three, and the set-id and sticky bits.</summary>
    internal uint Permissions => Mode & PermissionBits;

    internal bool HasSameSizeAndTimeAs(in FileStatus other) => Size == other.Size && HasSameTimeAs(other);

    internal bool HasSameTimeAs(in FileStatus other) =>
        Modified.Seconds == other.Modified.Seconds && Modified.Nanoseconds == other.Modified.Nanoseconds;

    /// <summary>Whether nobody touched the file between two looks at it.</summary>
    internal bool IsUntouchedSince(in FileStatus earlier) =>
        Identity == earlier.Identity && HasSameSizeAndTimeAs(earlier)
        && Changed.Seconds == earlier.Changed.Seconds && Changed.Nanoseconds == earlier.Changed.Nanoseconds;
}
