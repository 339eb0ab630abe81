namespace Multitasking.Copying.Interop;

/// <summary>What the engine knows of sorts of file systems, by their magic numbers (<c>statfs(2)</c>).</summary>
internal static class FileSystemTypes
{
    private const long Ext = 0xEF53;
    private const long Xfs = 0x58465342;
    private const long Btrfs = 0x9123683E;
    private const long F2fs = 0xF2F52010;
    private const long Tmpfs = 0x01021994;
    private const long Nfs = 0x6969;
    private const long Smb2 = 0xFE534D42;
    private const long Cifs = 0xFF534D42;
    private const long Ceph = 0x00C36400;
    private const long Fuse = 0x65735546;
    private const long Lustre = 0x0BD00BD0;
    private const long Afs = 0x5346414F;
    private const long Plan9 = 0x01021997;
    private const long Msdos = 0x4D44;
    private const long Exfat = 0x2011BAB0;
    private const long Ntfs = 0x7366746E;
    private const long Sysfs = 0x62656572;

    /// <summary>Whether a file of size 0 has no contents. In <c>/proc</c> and its kin that size says nothing.</summary>
    internal static bool HasTrueSizes(long type) => type is Ext or Xfs or Btrfs or F2fs or Tmpfs;

    /// <summary>Whether a size is only the most that there may be: a page, in <c>/sys</c>.</summary>
    internal static bool HasMadeUpSizes(long type) => type is Sysfs;

    /// <summary>Whether reading files in the order of their inodes saves seeks: where inodes lie in tables on a device.</summary>
    internal static bool LikesInodeOrder(long type) => type is Ext or Xfs or F2fs;

    /// <summary>Whether each call waits for another machine or process, so that more workers than cores help.</summary>
    internal static bool IsRemote(long type) => type is Nfs or Smb2 or Cifs or Ceph or Fuse or Lustre or Afs or Plan9;

    /// <summary>Whether names that differ in case only may be one, in every folder.</summary>
    internal static bool MayIgnoreCase(long type) => type is Msdos or Exfat or Ntfs or Smb2 or Cifs or Fuse;

    /// <summary>Whether names that differ in case only may be one in folders that are marked so (<c>chattr(1)</c>, "F").</summary>
    internal static bool MayIgnoreCaseInFolder(long type) => type is Ext or F2fs or Tmpfs;
}
