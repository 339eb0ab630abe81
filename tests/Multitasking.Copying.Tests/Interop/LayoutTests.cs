using System.Runtime.InteropServices;
using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests.Interop;

/// <summary>What the engine believes of the C library, beside what the C compiler of this machine says.</summary>
public sealed class LayoutTests
{
    private const string Program = """
        #define _GNU_SOURCE
        #include <stdio.h>
        #include <stddef.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <unistd.h>
        #include <dirent.h>
        #include <sys/stat.h>
        #include <sys/resource.h>
        #define F(m) (int)offsetof(struct statx, m)
        #define D(m) (int)offsetof(struct dirent64, m)
        int main(void) {
          printf("%d %d %d %d %d %d %d %d %d %d %d %d\n", (int)sizeof(struct statx), F(stx_mask), F(stx_uid), F(stx_gid), F(stx_mode), F(stx_ino),
            F(stx_size), F(stx_blocks), F(stx_mtime.tv_sec), F(stx_mtime.tv_nsec), F(stx_dev_major), F(stx_dev_minor));
          printf("%d %d %d %d %d\n", (int)sizeof(struct timespec), (int)offsetof(struct timespec, tv_nsec), (int)sizeof(struct rlimit), (int)offsetof(struct rlimit, rlim_max), (int)sizeof(off_t));
          printf("%d %d %d %d\n", D(d_off), D(d_reclen), D(d_type), D(d_name));
          printf("%d %d %d %d %d %d %d %d\n", O_WRONLY, O_CREAT, O_EXCL, O_NONBLOCK, O_CLOEXEC, O_PATH, O_DIRECTORY, O_NOFOLLOW);
          printf("%d %d %d %d %d %d %ld %d\n", AT_FDCWD, AT_EMPTY_PATH, AT_SYMLINK_NOFOLLOW, SEEK_DATA, SEEK_HOLE, RLIMIT_NOFILE, (long)UTIME_OMIT, (int)STATX_BASIC_STATS);
          printf("%d %d %d %d %d %d %d\n", DT_UNKNOWN, DT_FIFO, DT_CHR, DT_DIR, DT_BLK, DT_REG, DT_LNK);
          printf("%d %d %d %d %d %d %d %d\n", EPERM, ENOENT, EINTR, EIO, ENXIO, EBADF, EAGAIN, EACCES);
          printf("%d %d %d %d %d %d %d %d %d\n", EEXIST, EXDEV, ENOTDIR, EISDIR, EINVAL, ENFILE, EMFILE, ETXTBSY, EFBIG);
          printf("%d %d %d %d %d %d %d %d %d\n", ENOSPC, EROFS, ENAMETOOLONG, ENOSYS, ENOTEMPTY, ELOOP, ESTALE, EOPNOTSUPP, EDQUOT);
          return 0;
        }
        """;

    [Fact]
    public void Structures_and_constants_are_those_of_the_C_library()
    {
        using var space = new Workspace();
        File.WriteAllText(space["layout.c"], Program);
        Needs.Program("gcc");
        string[] lines = space.Bash("gcc -o layout layout.c; ./layout").Split('\n');
        string[] statx = ["Mask", "UserId", "GroupId", "Mode", "Inode", "Size", "Blocks", "ModifySeconds", "ModifyNanoseconds", "DeviceMajor", "DeviceMinor"];
        Assert.Equal(lines[0], Line([Marshal.SizeOf<Statx>(), .. statx.Select(name => (int)Marshal.OffsetOf<Statx>(name))]));
        Assert.Equal(lines[1], Line(Marshal.SizeOf<TimeSpec>(), (int)Marshal.OffsetOf<TimeSpec>("Nanoseconds"), Marshal.SizeOf<ResourceLimit>(), (int)Marshal.OffsetOf<ResourceLimit>("Hard"), 8));
        Assert.Equal(lines[2], Line(8, 16, 18, 19));
        Assert.Equal(lines[3], Line(OpenFlags.WriteOnly, OpenFlags.Create, OpenFlags.Exclusive, OpenFlags.NonBlocking, OpenFlags.CloseOnExec, OpenFlags.PathOnly, OpenFlags.Directory, OpenFlags.NoFollow));
        Assert.Equal(lines[4], Line(Kernel.CurrentFolder, 0x1000, 0x100, 3, 4, 7, (int)TimeSpec.Omitted.Nanoseconds, (int)Statx.BasicStats));
        Assert.Equal(lines[5], Line([.. new[] { FileKind.Unknown, FileKind.Fifo, FileKind.CharacterDevice, FileKind.Folder, FileKind.BlockDevice, FileKind.Regular, FileKind.SymbolicLink }.Select(kind => (int)kind)]));
        Assert.Equal(lines[6], Line(Errno.NotPermitted, Errno.NotFound, Errno.Interrupted, Errno.InputOutput, Errno.NoSuchDevice, Errno.BadDescriptor, Errno.Again, Errno.AccessDenied));
        Assert.Equal(lines[7], Line(Errno.Exists, Errno.CrossDevice, Errno.NotFolder, Errno.IsFolder, Errno.Invalid, Errno.TooManyOpenInSystem, Errno.TooManyOpen, Errno.TextBusy, Errno.FileTooBig));
        Assert.Equal(lines[8], Line(Errno.NoSpace, Errno.ReadOnly, Errno.NameTooLong, Errno.NotImplemented, Errno.NotEmpty, Errno.TooManyLinks, Errno.Stale, Errno.NotSupported, Errno.QuotaExceeded));
    }

    [Fact]
    public void Entry_record_is_read_back_as_it_was_written()
    {
        var block = new EntryBlock();
        Assert.True(block.TryAdd("name"u8, FileKind.SymbolicLink));
        Assert.True(block.TryAdd(".."u8, FileKind.Folder));
        Assert.True(block.TryTake(out FolderEntry entry));
        Assert.Equal((FileKind.SymbolicLink, 24, false), (entry.Kind, entry.Length, entry.IsDots));
        Assert.True(entry.NameBytes.SequenceEqual("name"u8));
        Assert.True(block.TryTake(out entry) && entry.IsDots);
        Assert.False(block.TryTake(out _));
        Assert.True(block.IsExhausted);
    }

    private static string Line(params int[] values) => string.Join(' ', values);
}
