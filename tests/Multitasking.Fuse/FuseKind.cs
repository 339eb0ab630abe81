namespace Multitasking.Fuse;

/// <summary>The kind of file system that a <see cref="FuseMount"/> plays.</summary>
public enum FuseKind
{
    /// <summary>Every name is its bytes; owners, modes, links and times to the nanosecond are kept. No extended attributes.</summary>
    Exact,

    /// <summary>As <see cref="Exact"/>, but names that differ in case alone, or in how an accent of Latin-1 is written, are one, as in a folder of ext4 with casefold.</summary>
    Folding,

    /// <summary>As vfat: names fold, the owner is always the one who mounted, all modes are 0755, times are even seconds, there are no links and no special files.</summary>
    Fat,
}
